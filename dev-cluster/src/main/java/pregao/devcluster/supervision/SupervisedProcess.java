package pregao.devcluster.supervision;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import pregao.devcluster.process.Await;
import pregao.devcluster.process.ManagedProcess;
import pregao.devcluster.process.StartupException;
import pregao.devcluster.state.ComponentReport;
import pregao.devcluster.state.ComponentState;

/**
 * A part of the stack that is started again when it dies.
 */
public final class SupervisedProcess implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SupervisedProcess.class);

    private static final long LOOK_NANOS = Duration.ofMillis(50).toNanos();

    private static final long ASK_NANOS = Duration.ofMillis(200).toNanos();

    private static final int TIMEOUT_MILLIS = 4;

    private final String name;

    private final String url;

    private final String management;

    private final Supplier<ManagedProcess> starter;

    private final Runnable listener;

    private final ExponentialBackOff backOff = new ExponentialBackOff();

    private volatile boolean wanted;

    private volatile @Nullable ManagedProcess running;

    private volatile ComponentState state = ComponentState.WAITING;

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
    public SupervisedProcess(String name, String url, Supplier<ManagedProcess> starter, Runnable listener) {
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
    public SupervisedProcess(String name, String url, String management, Supplier<ManagedProcess> starter,
            Runnable listener) {
        this.name = name;
        this.url = url;
        this.management = management;
        this.starter = starter;
        this.listener = listener;
    }

    /**
     * Starts it and keeps it running from now on.
     * @throws StartupException where the first start fails
     */
    public void start() {
        this.startNanos = System.nanoTime();
        change(ComponentState.STARTING);
        this.running = this.starter.get();
        this.watcher = Thread.ofPlatform().daemon().name("watch-" + this.name).start(this::watch);
    }

    /**
     * Waits until it can be used.
     * @param bound for how long at most
     * @throws StartupException where it does not come up; with the end of its log
     */
    public void awaitReady(Duration bound) {
        int before = this.restarts.get();
        boolean came = Await.holdsWithin(bound, () -> this.state == ComponentState.READY || this.closing
                || this.restarts.get() - before >= TIMEOUT_MILLIS);
        if (this.state != ComponentState.READY) {
            String how = this.closing ? "was stopped"
                    : came ? "ended " + (this.restarts.get() - before) + " times while starting"
                            : "is not ready after " + bound.toSeconds() + " s";
            throw new StartupException(this.name + " " + how + "\n" + tail());
        }
    }

    private String tail() {
        ManagedProcess current = this.running;
        return this.failure.isEmpty() ? (current == null) ? "" : current.tail() : this.failure;
    }

    private void watch() {
        while (!this.closing) {
            try {
                ManagedProcess current = this.running;
                if (current != null && current.isAlive()) {
                    checkReadiness(current);
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

    private void checkReadiness(ManagedProcess current) {
        if (this.state == ComponentState.READY) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
        else if (current.isReady()) {
            this.seconds = (System.nanoTime() - this.startNanos) / 1e9;
            change(ComponentState.READY);
        }
        else {
            LockSupport.parkNanos(ASK_NANOS);
        }
    }

    /** Its next end is wanted, so it is no failure, and it is started again at once. */
    public void expectExit() {
        this.wanted = true;
    }

    private void restart(@Nullable ManagedProcess ended) {
        Duration ran = Duration.ofNanos(System.nanoTime() - this.startNanos);
        Duration wait = this.wanted ? Duration.ZERO : this.backOff.after(ran);
        this.wanted = false;
        this.restarts.incrementAndGet();
        if (ended != null) {
            LOG.warn("{} (process {}) ended {} after {} s; it is started again in {} ms", this.name, ended.pid(),
                    ended.ending(), ran.toSeconds(), wait.toMillis());
        }
        change(ComponentState.RESTARTING);
        if (Await.holdsWithin(wait, () -> this.closing)) {
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

    private void change(ComponentState changed) {
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
    public void awaitRestart(long pid, Duration bound) {
        Await.until(bound, () -> this.name + " came back after its process " + pid + " was killed\n" + tail(),
                () -> pid() != 0 && pid() != pid && this.state == ComponentState.READY);
    }

    /**
     * Its process.
     * @return the id, or 0 where there is none
     */
    public long pid() {
        ManagedProcess current = this.running;
        return (current != null && current.isAlive()) ? current.pid() : 0;
    }

    /**
     * Whether an earlier supervisor started the process that runs now.
     * @return false where this one did
     */
    public boolean isAdopted() {
        ManagedProcess current = this.running;
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
    public ComponentReport report() {
        return new ComponentReport(this.name, this.state, pid(), this.url, this.management, this.restarts.get(),
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
            ManagedProcess current = this.running;
            if (current != null) {
                current.close();
            }
        }
        change(ComponentState.STOPPED);
    }

}
