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
 * Publishes backfill requests to the topic {@code backfill}. The first request opens the
 * producer.
 */
class BackfillRequestPublisher implements DisposableBean {

    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(5);

    /**
     * The time without further attempts after a failure, so that not each analysis waits
     * for a timeout.
     */
    private static final Duration RETRY_DELAY = Duration.ofSeconds(15);

    private final Supplier<Producer<String, byte[]>> producerFactory;

    private volatile long retryAtNanos = System.nanoTime();

    private @Nullable Producer<String, byte[]> producer;

    BackfillRequestPublisher(Supplier<Producer<String, byte[]>> producerFactory) {
        this.producerFactory = producerFactory;
    }

    /**
     * Publishes requests.
     * @param requests the requests in any order
     * @throws KafkaException if the brokers do not acknowledge all requests in time
     */
    void publish(List<BackfillRequest> requests) {
        if (requests.isEmpty()) {
            return;
        }
        if (System.nanoTime() - this.retryAtNanos < 0) {
            throw new KafkaException("left alone after a failure");
        }
        try {
            // If the brokers are unavailable, only the first request waits for a timeout.
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
