package pregao.ingest.kafka;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.MonoSink;

/**
 * Counts what is not acknowledged yet of one publication.
 */
final class PendingAcknowledgements implements Callback {

    private final AtomicInteger open;

    private final AtomicBoolean over = new AtomicBoolean();

    private final Runnable complete;

    private final MonoSink<Void> sink;

    PendingAcknowledgements(int count, Runnable complete, MonoSink<Void> sink) {
        this.open = new AtomicInteger(count);
        this.complete = complete;
        this.sink = sink;
        sink.onCancel(() -> this.over.set(true));
    }

    @Override
    public void onCompletion(@Nullable RecordMetadata metadata, @Nullable Exception failure) {
        if (failure != null) {
            fail(failure);
        }
        else if (this.open.decrementAndGet() == 0) {
            this.complete.run();
            if (this.over.compareAndSet(false, true)) {
                this.sink.success();
            }
        }
    }

    void fail(Exception failure) {
        if (this.over.compareAndSet(false, true)) {
            this.sink.error(
                    new KafkaUnavailableException("a record was not acknowledged: " + failure.getMessage(), failure));
        }
    }

    /**
     * Whether there is nobody left to tell.
     * @return true after a failure, after success, and where the caller gave up
     */
    boolean isOver() {
        return this.over.get();
    }

}
