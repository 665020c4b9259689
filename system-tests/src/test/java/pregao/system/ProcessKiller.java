package pregao.system;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Kills services at random moments, each on its own and only once it is back, until that
 * was done often enough or for long enough.
 */
final class ProcessKiller {

    private static final Duration TIMEOUT = Duration.ofMinutes(4);

    private static final Duration MAX_DURATION = Duration.ofMinutes(25);

    private static final int PAUSE_MILLIS = 24_000;

    /** So many kills of a service after the last, new secrets are made. */
    private static final int ROTATION = 5;

    private final Map<String, AtomicInteger> counts = new TreeMap<>(
            Map.of("strategy", new AtomicInteger(), "session", new AtomicInteger()));

    private final AtomicInteger rotations = new AtomicInteger();

    private final List<Long> outages = new CopyOnWriteArrayList<>();

    private final List<Thread> threads = new ArrayList<>();

    private final SystemUnderTest system;

    private final AtomicInteger left;

    private final long seed;

    private final long begin = System.nanoTime();

    ProcessKiller(SystemUnderTest system, int kills, long seed) {
        this.system = system;
        this.left = new AtomicInteger(kills);
        this.seed = seed;
    }

    void start() {
        this.counts.forEach((part, count) -> {
            Random random = new Random(this.seed + part.hashCode());
            this.threads.add(Thread.ofPlatform().name("kills-" + part).start(() -> {
                while (System.nanoTime() - this.begin < MAX_DURATION.toNanos() && this.left.getAndDecrement() > 0) {
                    pause(random.nextInt(PAUSE_MILLIS));
                    kill(part);
                    if (count.get() % ROTATION == ROTATION / 2) {
                        rotate();
                    }
                }
            }));
        });
    }

    /**
     * Each service gets the secrets at its next start, so that one has them before the
     * other.
     */
    private synchronized void rotate() {
        this.system.stack().keys().rotate();
        this.rotations.incrementAndGet();
        long pid = this.system.stack().kill9("gateway");
        this.system.stack().awaitRestart("gateway", pid, TIMEOUT);
    }

    int rotations() {
        return this.rotations.get();
    }

    boolean isOver() {
        return this.threads.stream().noneMatch(Thread::isAlive);
    }

    /**
     * Kills one of them and waits until it is back.
     * @param part which
     */
    void kill(String part) {
        long pid = this.system.stack().kill9(part);
        long since = System.nanoTime();
        this.counts.getOrDefault(part, new AtomicInteger()).incrementAndGet();
        this.system.stack().awaitRestart(part, pid, TIMEOUT);
        this.outages.add((System.nanoTime() - since) / 1_000_000);
    }

    int count() {
        return this.counts.values().stream().mapToInt(AtomicInteger::get).sum();
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", ex);
        }
    }

    @Override
    public String toString() {
        return "%s and %s rotations of secrets in %d s, longest until ready again %d ms".formatted(this.counts,
                this.rotations, (System.nanoTime() - this.begin) / 1_000_000_000,
                this.outages.stream().mapToLong(Long::longValue).max().orElse(0));
    }

}
