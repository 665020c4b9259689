package pregao.strategy.job;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes down how far one job is, and sees whether it was called off.
 */
final class JobHeartbeat implements ProgressListener {

    private static final long EVERY = Duration.ofMillis(500).toNanos();

    private final JobRepository claims;

    private final UUID id;

    private final java.util.function.BooleanSupplier ending;

    private final AtomicLong next = new AtomicLong(System.nanoTime());

    private volatile boolean over;

    JobHeartbeat(JobRepository claims, UUID id, java.util.function.BooleanSupplier ending) {
        this.claims = claims;
        this.id = id;
        this.ending = ending;
    }

    @Override
    public void at(String stage, long done, long total) {
        if (this.over || this.ending.getAsBoolean()) {
            throw new JobHandler.JobCancelledException("the job is not to go on");
        }
        long due = this.next.get();
        long now = System.nanoTime();
        if (now - due < 0 || !this.next.compareAndSet(due, now + EVERY)) {
            return;
        }
        if (!this.claims.beat(this.id, stage, done, total)) {
            this.over = true;
            throw new JobHandler.JobCancelledException("the job is not ours any more");
        }
    }

}
