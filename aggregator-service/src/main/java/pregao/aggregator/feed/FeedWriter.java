package pregao.aggregator.feed;

import java.sql.SQLException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Brings changed settings of feeds into the database, on its own thread and until it
 * succeeds; nobody waits for it.
 */
public final class FeedWriter implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(FeedWriter.class);

    private static final long PAUSE_MILLIS = 1_000;

    private final Feeds feeds;

    private final FeedTable table;

    private final BooleanSupplier caughtUp;

    private final Semaphore changes = new Semaphore(1);

    private volatile boolean running;

    private volatile @Nullable Thread thread;

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
    public void start() {
        this.running = true;
        this.thread = Thread.ofPlatform().daemon().name("feed-table").start(this::run);
    }

    @Override
    public void stop() {
        this.running = false;
        Thread stopping = this.thread;
        if (stopping != null) {
            stopping.interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return this.running;
    }

    private void run() {
        try {
            while (this.running) {
                this.changes.acquire();
                while (!this.caughtUp.getAsBoolean() || !write()) {
                    TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
                }
            }
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    /** Many changes are one. */
    private boolean write() {
        this.changes.drainPermits();
        try {
            this.table.replace(this.feeds.all());
            return true;
        }
        catch (SQLException ex) {
            log.warn("settings of feeds are written again: {}", ex.toString());
            return false;
        }
    }

}
