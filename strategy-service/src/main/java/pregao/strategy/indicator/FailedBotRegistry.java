package pregao.strategy.indicator;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Bots that failed and are left out: others go on without them, and what makes a bot fail
 * each time costs them little. For one thread.
 */
final class FailedBotRegistry {

    /** A halted bot is tried again so often, as it may still hold something. */
    private static final long RETRY_DELAY_MILLIS = Duration.ofMinutes(1).toMillis();

    private final Map<UUID, Long> retryAt = new HashMap<>();

    void add(UUID bot, long now) {
        this.retryAt.put(bot, now + RETRY_DELAY_MILLIS);
    }

    /** Those whose time has come: they are tried again from here on. */
    Set<UUID> expire(long now) {
        Set<UUID> expired = new HashSet<>();
        this.retryAt.forEach((bot, retryMillis) -> {
            if (retryMillis <= now) {
                expired.add(bot);
            }
        });
        this.retryAt.keySet().removeAll(expired);
        return expired;
    }

    /** A bot was changed or started again. */
    void remove(UUID bot) {
        this.retryAt.remove(bot);
    }

    boolean contains(UUID bot) {
        return this.retryAt.containsKey(bot);
    }

}
