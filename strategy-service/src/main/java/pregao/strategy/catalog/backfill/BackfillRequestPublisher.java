package pregao.strategy.catalog.backfill;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;

import pregao.contracts.Topic;
import pregao.contracts.backfill.BackfillCodec;
import pregao.contracts.backfill.BackfillRequest;

/**
 * Writes wishes to the topic {@code backfill}. The producer is opened with the first one.
 */
class BackfillRequestPublisher implements DisposableBean {

    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(5);

    /** So long nothing is tried after a failure: analyses need not wait for it each. */
    private static final Duration RETRY_DELAY = Duration.ofSeconds(15);

    private final Supplier<Producer<String, byte[]>> producerFactory;

    private volatile long retryAtNanos = System.nanoTime();

    private @Nullable Producer<String, byte[]> producer;

    BackfillRequestPublisher(Supplier<Producer<String, byte[]>> producerFactory) {
        this.producerFactory = producerFactory;
    }

    /**
     * Publishes wishes.
     * @param requests in any order
     * @throws KafkaException where the brokers do not have all of them in time
     */
    void publish(List<BackfillRequest> requests) {
        if (requests.isEmpty()) {
            return;
        }
        if (System.nanoTime() - this.retryAtNanos < 0) {
            throw new KafkaException("left alone after a failure");
        }
        try {
            // Where the brokers are away, the first one tells, and the others need not
            // wait too.
            awaitAcknowledgement(send(requests.getFirst()));
            for (Future<RecordMetadata> future : requests.stream().skip(1).map(this::send).toList()) {
                awaitAcknowledgement(future);
            }
        }
        catch (ExecutionException | TimeoutException ex) {
            this.retryAtNanos = System.nanoTime() + RETRY_DELAY.toNanos();
            throw new KafkaException("Kafka did not accept backfill requests", ex);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted", ex);
        }
    }

    private Future<RecordMetadata> send(BackfillRequest request) {
        return getOrCreateProducer().send(new ProducerRecord<>(Topic.BACKFILL.topicName(), request.instrument().key(),
                BackfillCodec.encode(request)));
    }

    private static void awaitAcknowledgement(Future<RecordMetadata> future)
            throws ExecutionException, InterruptedException, TimeoutException {
        future.get(REQUEST_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    }

    private synchronized Producer<String, byte[]> getOrCreateProducer() {
        if (this.producer == null) {
            this.producer = this.producerFactory.get();
        }
        return this.producer;
    }

    @Override
    public synchronized void destroy() {
        if (this.producer != null) {
            this.producer.close(REQUEST_TIMEOUT);
        }
    }

}
