package pregao.stack.supervision;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import pregao.stack.process.Running;
import pregao.stack.process.StartFailed;
import pregao.stack.process.Wait;
import pregao.stack.state.PartReport;
import pregao.stack.state.PartState;

/**
 * A part of the stack that is started again when it dies.
 */
public final class Supervised implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Supervised.class);

    private static final long LOOK_NANOS = Duration.ofMillis(50).toNanos();

    private static final long ASK_NANOS = Duration.ofMillis(200).toNanos();

    private static final int PATIENCE = 4;

    private final String name;

    private final String url;

    private final String management;

    private final Supplier<Running> starter;

    private final Runnable listener;

    private final BackOff backOff = new BackOff();

    private volatile boolean wanted;

    private volatile @Nullable Running running;

    private volatile PartState state = PartState.WAITING;

    private volatile boolean closing;

    private final AtomicInteger restarts = new AtomicInteger();

    private volatile long startNanos;

    private volatile double seconds;

    private volatile String failure = "";

    private @Nullable Thread watcher;

    /**
     * A part that does not run yet.
     * @param name what it is called
     * @param url where it will be, without secrets
     * @param starter starts it
     * @param listener is told of each change
     */
    public Supervised(String name, String url, Supplier<Running> starter, Runnable listener) {
        this(name, url, "", starter, listener);
    }

    /**
     * A service that does not run yet.
     * @param name what it is called
     * @param url where it will be, without secrets
     * @param management where it will answer metrics and log levels
     * @param starter starts it
     * @param listener is told of each change
     */
    public Supervised(String name, String url, String management, Supplier<Running> starter, Runnable listener) {
        this.name = name;
        this.url = url;
        this.management = management;
        this.starter = starter;
        this.listener = listener;
    }

    /**
     * Starts it and keeps it running from now on.
     * @throws StartFailed where the first start fails
     */
    public void start() {
        this.startNanos = System.nanoTime();
        change(PartState.STARTING);
        this.running = this.starter.get();
        this.watcher = Thread.ofPlatform().daemon().name("watch-" + this.name).start(this::watch);
    }

    /**
     * Waits until it can be used.
     * @param bound for how long at most
     * @throws StartFailed where it does not come up; with the end of its log
     */
    public void awaitReady(Duration bound) {
        int before = this.restarts.get();
        boolean came = Wait.holdsWithin(bound,
                () -> this.state == PartState.READY || this.closing || this.restarts.get() - before >= PATIENCE);
        if (this.state != PartState.READY) {
            String how = this.closing ? "was stopped"
                    : came ? "ended " + (this.restarts.get() - before) + " times while starting"
                            : "is not ready after " + bound.toSeconds() + " s";
            throw new StartFailed(this.name + " " + how + "\n" + tail());
        }
    }

    private String tail() {
        Running current = this.running;
        return this.failure.isEmpty() ? (current == null) ? "" : current.tail() : this.failure;
    }

    private void watch() {
        while (!this.closing) {
            try {
                Running current = this.running;
                if (current != null && current.isAlive()) {
                    look(current);
                }
                else {
                    restart(current);
                }
            }
            catch (RuntimeException | Error ex) {
                // Nothing that fails here, such as a write to a full disk, ends
                // supervision.
                LOG.warn("{} could not be looked at; it is tried again", this.name, ex);
                LockSupport.parkNanos(ASK_NANOS);
            }
        }
    }

    private void look(Running current) {
        if (this.state == PartState.READY) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
        else if (current.isReady()) {
            this.seconds = (System.nanoTime() - this.startNanos) / 1e9;
            change(PartState.READY);
        }
        else {
            LockSupport.parkNanos(ASK_NANOS);
        }
    }

    /** Its next end is wanted, so it is no failure, and it is started again at once. */
    public void endIsWanted() {
        this.wanted = true;
    }

    private void restart(@Nullable Running ended) {
        Duration ran = Duration.ofNanos(System.nanoTime() - this.startNanos);
        Duration wait = this.wanted ? Duration.ZERO : this.backOff.after(ran);
        this.wanted = false;
        this.restarts.incrementAndGet();
        if (ended != null) {
            LOG.warn("{} (process {}) ended {} after {} s; it is started again in {} ms", this.name, ended.pid(),
                    ended.ending(), ran.toSeconds(), wait.toMillis());
        }
        change(PartState.RESTARTING);
        if (Wait.holdsWithin(wait, () -> this.closing)) {
            return;
        }
        this.startNanos = System.nanoTime();
        try {
            synchronized (this) {
                if (!this.closing) {
                    this.running = this.starter.get();
                    this.failure = "";
                }
            }
        }
        catch (RuntimeException ex) {
            this.running = null;
            this.failure = String.valueOf(ex.getMessage());
            LOG.warn("{} does not start, and is tried again: {}", this.name, this.failure);
        }
    }

    private void change(PartState changed) {
        this.state = changed;
        try {
            this.listener.run();
        }
        catch (RuntimeException ex) {
            LOG.warn("{} is {}, which could not be reported", this.name, changed, ex);
        }
    }

    /**
     * Waits until it is up again after a kill.
     * @param pid the process that was killed
     * @param bound for how long at most
     */
    public void awaitOther(long pid, Duration bound) {
        Wait.until(bound, () -> this.name + " came back after its process " + pid + " was killed\n" + tail(),
                () -> pid() != 0 && pid() != pid && this.state == PartState.READY);
    }

    /**
     * Its process.
     * @return the id, or 0 where there is none
     */
    public long pid() {
        Running current = this.running;
        return (current != null && current.isAlive()) ? current.pid() : 0;
    }

    /**
     * Whether an earlier supervisor started the process that runs now.
     * @return false where this one did
     */
    public boolean isAdopted() {
        Running current = this.running;
        return current != null && current.isAdopted();
    }

    /**
     * Its name.
     * @return such as {@code ingest}
     */
    public String name() {
        return this.name;
    }

    /**
     * How it is.
     * @return a report
     */
    public PartReport report() {
        return new PartReport(this.name, this.state, pid(), this.url, this.management, this.restarts.get(),
                this.seconds);
    }

    @Override
    public void close() {
        this.closing = true;
        Thread watching = this.watcher;
        if (watching != null && watching != Thread.currentThread()) {
            LockSupport.unpark(watching);
        }
        synchronized (this) {
            Running current = this.running;
            if (current != null) {
                current.close();
            }
        }
        change(PartState.STOPPED);
    }

}
