package pregao.strategy.catalog.chart;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.springframework.stereotype.Component;

import pregao.webapi.problem.ProblemDefinition;

/**
 * Limits the charts that each user may render per minute. Each replica counts for itself.
 */
@Component
class ChartRateLimiter {

    private static final int MAX_USERS = 50_000;

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final int imagesPerMinute;

    private final Clock clock;

    private final Cache<UUID, TokenBucket> buckets = Caffeine.newBuilder()
        .maximumSize(MAX_USERS)
        .expireAfterAccess(MINUTE.multipliedBy(2))
        .build();

    ChartRateLimiter(ChartProperties properties, Clock clock) {
        this.imagesPerMinute = properties.perMinute();
        this.clock = clock;
    }

    /**
     * Takes a permit.
     * @param userId the id of the user
     * @throws pregao.webapi.problem.ProblemException 429 if no permit is left
     */
    void acquire(UUID userId) {
        Instant now = this.clock.instant();
        Duration[] retryAfter = { Duration.ZERO };
        this.buckets.asMap().compute(userId, (key, bucket) -> {
            double tokens = (bucket != null) ? bucket.countAt(now, this.imagesPerMinute) : this.imagesPerMinute;
            if (tokens < 1) {
                retryAfter[0] = Duration.ofNanos((long) ((1 - tokens) * MINUTE.toNanos() / this.imagesPerMinute));
                return new TokenBucket(tokens, now);
            }
            return new TokenBucket(tokens - 1, now);
        });
        if (!retryAfter[0].isZero()) {
            throw ProblemDefinition.tooManyAttempts(retryAfter[0]).asException();
        }
    }

    /**
     * The permits of a user.
     *
     * @param count the number of permits at that time
     * @param at the time of the last request
     */
    private record TokenBucket(double count, Instant at) {

        double countAt(Instant time, int capacity) {
            double refilled = (double) Math.max(0, Duration.between(this.at, time).toNanos()) / MINUTE.toNanos()
                    * capacity;
            return Math.min(capacity, this.count + refilled);
        }

    }

}
