package pregao.ingest.kafka;

import java.time.Duration;
import java.util.List;

import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Publishes and waits until every replica in sync has it.
 */
@Component
public class RecordPublisher implements DisposableBean {

    private static final Duration CLOSE = Duration.ofSeconds(5);

    private static final int THREADS = 4;

    private static final int QUEUE = 512;

    private final Producer<String, byte[]> producer;

    /** Sending may block for memory or metadata, so it never happens on an event loop. */
    private final Scheduler senders = Schedulers.newBoundedElastic(THREADS, QUEUE, "publish", 60, true);

    public RecordPublisher(Producer<String, byte[]> producer) {
        this.producer = producer;
    }

    /**
     * Publishes messages in their order.
     * @param messages what to publish
     * @return completes once all are acknowledged; {@link KafkaUnavailableException}
     * where one is not
     */
    public Mono<Void> publish(List<OutboundRecord> messages) {
        return publish(messages, () -> {
        });
    }

    /**
     * Publishes messages in their order.
     * @param messages what to publish
     * @param acknowledged runs once all are acknowledged, also where the subscriber has
     * given up by then
     * @return completes once all are acknowledged; {@link KafkaUnavailableException}
     * where one is not
     */
    public Mono<Void> publish(List<OutboundRecord> messages, Runnable acknowledged) {
        if (messages.isEmpty()) {
            return Mono.empty();
        }
        return Mono.<Void>create((sink) -> send(messages, acknowledged, sink))
            .subscribeOn(this.senders)
            .publishOn(Schedulers.parallel());
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callback hears the same
    private void send(List<OutboundRecord> messages, Runnable acknowledged, MonoSink<Void> sink) {
        PendingAcknowledgements open = new PendingAcknowledgements(messages.size(), acknowledged, sink);
        for (OutboundRecord message : messages) {
            if (open.isOver()) {
                return;
            }
            try {
                this.producer.send(new ProducerRecord<>(message.topic().topicName(), message.key(), message.value()),
                        open);
            }
            catch (RuntimeException ex) {
                open.fail(ex);
            }
        }
    }

    @Override
    public void destroy() {
        this.senders.dispose();
        this.producer.close(CLOSE);
    }

}
