package pregao.strategy.job;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/**
 * Stores the progress of one job and detects that the job was cancelled. It writes at
 * most twice a second.
 */
final class JobHeartbeat implements ProgressListener {

    private static final long UPDATE_INTERVAL_NANOS = Duration.ofMillis(500).toNanos();

    private final JobRepository repository;

    private final UUID jobId;

    private final BooleanSupplier stopRequested;

    private final AtomicLong nextUpdateNanos = new AtomicLong(System.nanoTime());

    private volatile boolean cancelled;

    JobHeartbeat(JobRepository repository, UUID jobId, BooleanSupplier stopRequested) {
        this.repository = repository;
        this.jobId = jobId;
        this.stopRequested = stopRequested;
    }

    @Override
    public void report(String stage, long done, long total) {
        if (this.cancelled || this.stopRequested.getAsBoolean()) {
            throw new JobHandler.JobCancelledException("the job is not to go on");
        }
        long dueNanos = this.nextUpdateNanos.get();
        long nowNanos = System.nanoTime();
        if (nowNanos - dueNanos < 0
                || !this.nextUpdateNanos.compareAndSet(dueNanos, nowNanos + UPDATE_INTERVAL_NANOS)) {
            return;
        }
        if (!this.repository.heartbeat(this.jobId, stage, done, total)) {
            this.cancelled = true;
            throw new JobHandler.JobCancelledException("the job is not ours any more");
        }
    }

}
