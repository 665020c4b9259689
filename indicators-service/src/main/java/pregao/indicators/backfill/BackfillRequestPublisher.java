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
 * Publishes requests to the topic {@code backfill}. The first request creates the
 * producer.
 */
class BackfillRequestPublisher implements DisposableBean {

    /** Shorter than the idle timeout of a transaction. */
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(4);

    private final Supplier<Producer<String, byte[]>> producerFactory;

    private @Nullable Producer<String, byte[]> producer;

    BackfillRequestPublisher(Supplier<Producer<String, byte[]>> producerFactory) {
        this.producerFactory = producerFactory;
    }

    /**
     * Publishes requests.
     * @param requests the requests, in any order
     * @return completes when the brokers have acknowledged all of them
     */
    Mono<Void> publish(List<BackfillRequest> requests) {
        return Flux.fromIterable(requests)
            .concatMap(this::publish)
            .then()
            .timeout(REQUEST_TIMEOUT)
            // Sending blocks until the partitions of the topic are known.
            .subscribeOn(Schedulers.boundedElastic());
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callback reports the result
    private Mono<Void> publish(BackfillRequest request) {
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(Topic.BACKFILL.topicName(),
                request.instrument().key(), BackfillCodec.encode(request));
        return Mono.create((sink) -> getOrCreateProducer().send(record, (metadata, failure) -> {
            if (failure != null) {
                sink.error(failure);
            }
            else {
                sink.success();
            }
        }));
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
