package pregao.devcluster.state;

import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the state file current. Where it cannot be written, as on a full disk, the writer
 * tries again every second until the newest report is in the file.
 */
public final class StateWriter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StateWriter.class);

    private static final long RETRY_DELAY_MILLIS = 1000;

    private final StateFile file;

    private final Supplier<ClusterReport> report;

    private final ScheduledExecutorService retries = Executors
        .newSingleThreadScheduledExecutor((task) -> Thread.ofPlatform().daemon().name("state-writer").unstarted(task));

    private final Future<?> retrying;

    private boolean failing;

    /**
     * A writer of one file.
     * @param file where to
     * @param report gives what is to be in it
     */
    public StateWriter(StateFile file, Supplier<ClusterReport> report) {
        this.file = file;
        this.report = report;
        this.retrying = this.retries.scheduleWithFixedDelay(this::writeAgain, RETRY_DELAY_MILLIS, RETRY_DELAY_MILLIS,
                TimeUnit.MILLISECONDS);
    }

    /** Writes the newest report, now or as soon as it can be written. */
    public synchronized void write() {
        try {
            this.file.write(this.report.get());
            if (this.failing) {
                LOG.info("the state file can be written again");
            }
            this.failing = false;
        }
        catch (RuntimeException ex) {
            if (!this.failing) {
                LOG.warn("the state file cannot be written; it is tried again every second: {}", ex.getMessage());
            }
            this.failing = true;
        }
    }

    private synchronized void writeAgain() {
        if (this.failing) {
            write();
        }
    }

    @Override
    public void close() {
        this.retrying.cancel(false);
        this.retries.shutdownNow();
    }

}
