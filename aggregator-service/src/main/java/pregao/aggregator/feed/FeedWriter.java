package pregao.aggregator.feed;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import javax.sql.DataSource;

import pregao.background.Supervised;
import pregao.background.SupervisedThread;

/**
 * Brings changed settings of feeds into the database, on its own thread and until it
 * succeeds; nobody waits for it.
 */
public final class FeedWriter implements Supervised {

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private static final Duration WAIT = Duration.ofSeconds(5);

    private static final Duration MAX_SILENCE = Duration.ofMinutes(1);

    private final Feeds feeds;

    private final FeedTable table;

    private final BooleanSupplier caughtUp;

    private final Semaphore changes = new Semaphore(1);

    private final SupervisedThread thread = new SupervisedThread("feed-table", MAX_SILENCE, this::run,
            this.changes::release);

    /**
     * A writer that has not begun.
     * @param feeds what it writes
     * @param database where to
     * @param caughtUp whether all settings written before the start are known: what is
     * missing until then is not gone
     */
    public FeedWriter(Feeds feeds, DataSource database, BooleanSupplier caughtUp) {
        this.feeds = feeds;
        this.table = new FeedTable(database);
        this.caughtUp = caughtUp;
        feeds.onChange(this.changes::release);
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
                    supervised.pause(PAUSE);
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
        supervised.succeed();
    }

    /** Many changes are one. */
    private void write() throws SQLException {
        this.changes.drainPermits();
        this.table.replace(this.feeds.all());
    }

}
