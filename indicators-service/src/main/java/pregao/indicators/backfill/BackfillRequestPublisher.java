package pregao.indicators.backfill;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import pregao.contracts.Topic;
import pregao.contracts.backfill.BackfillCodec;
import pregao.contracts.backfill.BackfillRequest;

/**
 * Writes wishes to the topic {@code backfill}. The producer is opened with the first one.
 */
class BackfillRequestPublisher implements DisposableBean {

    /** Less than a transaction may be idle. */
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(4);

    private final Supplier<Producer<String, byte[]>> producers;

    private @Nullable Producer<String, byte[]> open;

    BackfillRequestPublisher(Supplier<Producer<String, byte[]>> producers) {
        this.producers = producers;
    }

    /**
     * Publishes wishes.
     * @param wishes in any order
     * @return when the brokers have all of them
     */
    Mono<Void> publish(List<BackfillRequest> wishes) {
        return Flux.fromIterable(wishes)
            .concatMap(this::publish)
            .then()
            .timeout(REQUEST_TIMEOUT)
            // Sending waits for the topic's partitions to be known.
            .subscribeOn(Schedulers.boundedElastic());
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callback tells
    private Mono<Void> publish(BackfillRequest wish) {
        ProducerRecord<String, byte[]> message = new ProducerRecord<>(Topic.BACKFILL.topicName(),
                wish.instrument().key(), BackfillCodec.encode(wish));
        return Mono.create((sink) -> producer().send(message, (metadata, failure) -> {
            if (failure != null) {
                sink.error(failure);
            }
            else {
                sink.success();
            }
        }));
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
