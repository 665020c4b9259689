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
    private static final Duration REST_INTERVAL = Duration.ofSeconds(15);

    private final Supplier<Producer<String, byte[]>> producers;

    private volatile long restUntil = System.nanoTime();

    private @Nullable Producer<String, byte[]> open;

    BackfillRequestPublisher(Supplier<Producer<String, byte[]>> producers) {
        this.producers = producers;
    }

    /**
     * Publishes wishes.
     * @param wishes in any order
     * @throws KafkaException where the brokers do not have all of them in time
     */
    void publish(List<BackfillRequest> wishes) {
        if (wishes.isEmpty()) {
            return;
        }
        if (System.nanoTime() - this.restUntil < 0) {
            throw new KafkaException("left alone after a failure");
        }
        try {
            // Where the brokers are away, the first one tells, and the others need not
            // wait too.
            await(send(wishes.getFirst()));
            for (Future<RecordMetadata> each : wishes.stream().skip(1).map(this::send).toList()) {
                await(each);
            }
        }
        catch (ExecutionException | TimeoutException ex) {
            this.restUntil = System.nanoTime() + REST_INTERVAL.toNanos();
            throw new KafkaException("Kafka did not accept backfill requests", ex);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted", ex);
        }
    }

    private Future<RecordMetadata> send(BackfillRequest wish) {
        return producer().send(
                new ProducerRecord<>(Topic.BACKFILL.topicName(), wish.instrument().key(), BackfillCodec.encode(wish)));
    }

    private static void await(Future<RecordMetadata> sent)
            throws ExecutionException, InterruptedException, TimeoutException {
        sent.get(REQUEST_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    }

    private synchronized Producer<String, byte[]> producer() {
        if (this.open == null) {
            this.open = this.producers.get();
        }
        return this.open;
    }

    @Override
    public synchronized void destroy() {
        if (this.open != null) {
            this.open.close(REQUEST_TIMEOUT);
        }
    }

}
