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

    private final Supplier<Producer<String, byte[]>> producerFactory;

    private @Nullable Producer<String, byte[]> producer;

    BackfillRequestPublisher(Supplier<Producer<String, byte[]>> producerFactory) {
        this.producerFactory = producerFactory;
    }

    /**
     * Publishes wishes.
     * @param requests in any order
     * @return when the brokers have all of them
     */
    Mono<Void> publish(List<BackfillRequest> requests) {
        return Flux.fromIterable(requests)
            .concatMap(this::publish)
            .then()
            .timeout(REQUEST_TIMEOUT)
            // Sending waits for the topic's partitions to be known.
            .subscribeOn(Schedulers.boundedElastic());
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callback tells
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
