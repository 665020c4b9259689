package pregao.ingest.kafka;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.MonoSink;

/**
 * Producer callback that waits for the acknowledgement of all records of one publication.
 */
final class PendingAcknowledgements implements Callback {

    private final AtomicInteger remaining;

    private final AtomicBoolean finished = new AtomicBoolean();

    private final Runnable onComplete;

    private final MonoSink<Void> sink;

    PendingAcknowledgements(int count, Runnable onComplete, MonoSink<Void> sink) {
        this.remaining = new AtomicInteger(count);
        this.onComplete = onComplete;
        this.sink = sink;
        sink.onCancel(() -> this.finished.set(true));
    }

    @Override
    public void onCompletion(@Nullable RecordMetadata metadata, @Nullable Exception failure) {
        if (failure != null) {
            fail(failure);
        }
        else if (this.remaining.decrementAndGet() == 0) {
            this.onComplete.run();
            if (this.finished.compareAndSet(false, true)) {
                this.sink.success();
            }
        }
    }

    void fail(Exception failure) {
        if (this.finished.compareAndSet(false, true)) {
            this.sink.error(
                    new KafkaUnavailableException("a record was not acknowledged: " + failure.getMessage(), failure));
        }
    }

    /**
     * Returns whether the subscriber needs no more signals.
     * @return true after a failure, after success, and after cancellation
     */
    boolean isFinished() {
        return this.finished.get();
    }

}
