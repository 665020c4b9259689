package pregao.strategy.indicator;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * The bots that failed and are left out, so that the other bots continue and a bot that
 * fails every time costs them little. Not thread-safe: only the consumer thread uses it.
 */
final class FailedBotRegistry {

    /** How often a halted bot is retried, because it may still hold a position. */
    private static final long RETRY_DELAY_MILLIS = Duration.ofMinutes(1).toMillis();

    private final Map<UUID, Long> retryAt = new HashMap<>();

    void add(UUID bot, long now) {
        this.retryAt.put(bot, now + RETRY_DELAY_MILLIS);
    }

    /** Removes and returns the bots whose retry is due. */
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

    /** Removes a bot that was changed or restarted. */
    void remove(UUID bot) {
        this.retryAt.remove(bot);
    }

    boolean contains(UUID bot) {
        return this.retryAt.containsKey(bot);
    }

}
