package pregao.aggregator.feed;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

import pregao.background.SupervisedComponent;
import pregao.background.SupervisedThread;
import pregao.contracts.feed.Feed;

/**
 * Writes changed feed settings to the database on its own thread and retries until it
 * succeeds. Callers do not wait for it.
 */
public final class FeedTableSyncTask implements SupervisedComponent {

    private static final Duration RETRY_DELAY = Duration.ofSeconds(1);

    private static final Duration WAIT = Duration.ofSeconds(5);

    private static final Duration MAX_SILENCE = Duration.ofMinutes(1);

    private final FeedRepository table;

    private final BooleanSupplier caughtUp;

    private final Semaphore changes = new Semaphore(1);

    /** What is to be written: the settings of now, or nothing where they were deleted. */
    private final ConcurrentMap<String, Optional<Feed>> pending = new ConcurrentHashMap<>();

    private final SupervisedThread thread = new SupervisedThread("feed-table", MAX_SILENCE, this::run,
            this.changes::release);

    /**
     * A writer that has not begun.
     * @param feeds whose changes it writes
     * @param database where to
     * @param caughtUp whether all settings written before the start are known: until then
     * they may be older than what is stored
     */
    public FeedTableSyncTask(FeedRegistry feeds, DataSource database, BooleanSupplier caughtUp) {
        this.table = new FeedRepository(database);
        this.caughtUp = caughtUp;
        feeds.onChange(this::changed);
    }

    @Override
    public List<SupervisedThread> threads() {
        return List.of(this.thread);
    }

    private void run(SupervisedThread supervised) throws InterruptedException, SQLException {
        if (this.changes.tryAcquire(WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
            boolean written = false;
            try {
                while (supervised.isRunning() && !this.caughtUp.getAsBoolean()) {
                    supervised.pause(RETRY_DELAY);
                }
                if (supervised.isRunning()) {
                    write();
                }
                written = true;
            }
            finally {
                if (!written) {
                    this.changes.release();
                }
            }
        }
        supervised.recordSuccess();
    }

    private void changed(String name, @Nullable Feed settings) {
        this.pending.put(name, Optional.ofNullable(settings));
        this.changes.release();
    }

    /** Many changes are one. */
    private void write() throws SQLException {
        this.changes.drainPermits();
        Map<String, Optional<Feed>> writing = Map.copyOf(this.pending);
        if (!writing.isEmpty()) {
            List<Feed> put = new ArrayList<>();
            List<String> deleted = new ArrayList<>();
            writing.forEach((name, settings) -> settings.ifPresentOrElse(put::add, () -> deleted.add(name)));
            this.table.write(put, deleted);
            writing.forEach(this.pending::remove);
        }
    }

}
