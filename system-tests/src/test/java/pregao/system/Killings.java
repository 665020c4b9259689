package pregao.system;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Kills services at random moments, each only once it is back.
 */
final class Killings {

    private static final List<String> PARTS = List.of("strategy", "session");

    private static final Duration BOUND = Duration.ofMinutes(1);

    private final SystemUnderTest system;

    private final Random random;

    private final Map<String, Long> killed = new HashMap<>();

    private final Map<String, Integer> counts = new HashMap<>();

    Killings(SystemUnderTest system, long seed) {
        this.system = system;
        this.random = new Random(seed);
    }

    /** Kills once more, some time after whoever it is came back. */
    void next() {
        String part = PARTS.get(this.random.nextInt(PARTS.size()));
        awaitBack(part);
        pause(this.random.nextInt(4_000));
        this.killed.put(part, this.system.stack().kill9(part));
        this.counts.merge(part, 1, Integer::sum);
    }

    void awaitBack() {
        List.copyOf(this.killed.keySet()).forEach(this::awaitBack);
    }

    private void awaitBack(String part) {
        Long pid = this.killed.remove(part);
        if (pid != null) {
            this.system.stack().awaitRestart(part, pid, BOUND);
        }
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
        return this.counts.toString();
    }

}
