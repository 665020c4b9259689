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
 * A task that writes changed feed settings to the database on its own thread and retries
 * until it succeeds. Callers do not wait for it.
 */
public final class FeedTableSyncTask implements SupervisedComponent {

    private static final Duration RETRY_DELAY = Duration.ofSeconds(1);

    private static final Duration CHANGE_POLL_TIMEOUT = Duration.ofSeconds(5);

    private static final Duration MAX_SUCCESS_AGE = Duration.ofMinutes(1);

    private final FeedRepository repository;

    private final BooleanSupplier caughtUp;

    private final Semaphore changeSignal = new Semaphore(1);

    /** The pending changes by feed: the new settings, or empty if they were deleted. */
    private final ConcurrentMap<String, Optional<Feed>> pendingChanges = new ConcurrentHashMap<>();

    private final SupervisedThread thread = new SupervisedThread("feed-table", MAX_SUCCESS_AGE, this::run,
            this.changeSignal::release);

    /**
     * Creates a task that has not started.
     * @param feeds the registry whose changes are written
     * @param dataSource the database
     * @param caughtUp returns true once all settings written before the start are read;
     * until then they may be older than the stored ones
     */
    public FeedTableSyncTask(FeedRegistry feeds, DataSource dataSource, BooleanSupplier caughtUp) {
        this.repository = new FeedRepository(dataSource);
        this.caughtUp = caughtUp;
        feeds.setListener(this::onFeedChanged);
    }

    @Override
    public List<SupervisedThread> threads() {
        return List.of(this.thread);
    }

    private void run(SupervisedThread thread) throws InterruptedException, SQLException {
        if (this.changeSignal.tryAcquire(CHANGE_POLL_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
            boolean isWritten = false;
            try {
                while (thread.isRunning() && !this.caughtUp.getAsBoolean()) {
                    thread.pause(RETRY_DELAY);
                }
                if (thread.isRunning()) {
                    writeChanges();
                }
                isWritten = true;
            }
            finally {
                if (!isWritten) {
                    this.changeSignal.release();
                }
            }
        }
        thread.recordSuccess();
    }

    private void onFeedChanged(String name, @Nullable Feed feed) {
        this.pendingChanges.put(name, Optional.ofNullable(feed));
        this.changeSignal.release();
    }

    /** Writes all pending changes at once. */
    private void writeChanges() throws SQLException {
        this.changeSignal.drainPermits();
        Map<String, Optional<Feed>> changes = Map.copyOf(this.pendingChanges);
        if (!changes.isEmpty()) {
            List<Feed> changedFeeds = new ArrayList<>();
            List<String> deletedNames = new ArrayList<>();
            changes.forEach((name, feed) -> feed.ifPresentOrElse(changedFeeds::add, () -> deletedNames.add(name)));
            this.repository.write(changedFeeds, deletedNames);
            changes.forEach(this.pendingChanges::remove);
        }
    }

}
