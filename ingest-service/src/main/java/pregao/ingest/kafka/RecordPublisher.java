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
 * Publisher of records that waits until all in-sync replicas have acknowledged them.
 */
@Component
public class RecordPublisher implements DisposableBean {

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private static final int SENDER_THREADS = 4;

    private static final int MAX_QUEUED_TASKS = 512;

    private final Producer<String, byte[]> producer;

    /**
     * Sending may block for buffer memory or metadata, so it must not run on an event
     * loop.
     */
    private final Scheduler sendScheduler = Schedulers.newBoundedElastic(SENDER_THREADS, MAX_QUEUED_TASKS, "publish",
            60, true);

    public RecordPublisher(Producer<String, byte[]> producer) {
        this.producer = producer;
    }

    /**
     * Publishes records in order.
     * @param records the records to publish
     * @return completes when all records are acknowledged; fails with
     * {@link KafkaUnavailableException} if one is not
     */
    public Mono<Void> publish(List<OutboundRecord> records) {
        return publish(records, () -> {
        });
    }

    /**
     * Publishes records in order.
     * @param records the records to publish
     * @param onAcknowledged runs when all records are acknowledged, even if the
     * subscriber has canceled
     * @return completes when all records are acknowledged; fails with
     * {@link KafkaUnavailableException} if one is not
     */
    public Mono<Void> publish(List<OutboundRecord> records, Runnable onAcknowledged) {
        if (records.isEmpty()) {
            return Mono.empty();
        }
        return Mono.<Void>create((sink) -> send(records, onAcknowledged, sink))
            .subscribeOn(this.sendScheduler)
            .publishOn(Schedulers.parallel());
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callback receives the same result
    private void send(List<OutboundRecord> records, Runnable onAcknowledged, MonoSink<Void> sink) {
        PendingAcknowledgements pending = new PendingAcknowledgements(records.size(), onAcknowledged, sink);
        for (OutboundRecord record : records) {
            if (pending.isFinished()) {
                return;
            }
            try {
                this.producer.send(new ProducerRecord<>(record.topic().topicName(), record.key(), record.value()),
                        pending);
            }
            catch (RuntimeException ex) {
                pending.fail(ex);
            }
        }
    }

    @Override
    public void destroy() {
        this.sendScheduler.dispose();
        this.producer.close(CLOSE_TIMEOUT);
    }

}
