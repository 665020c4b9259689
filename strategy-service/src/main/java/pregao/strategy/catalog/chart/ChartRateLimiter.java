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
 * How many pictures each person may still have drawn. Each replica counts for itself.
 */
@Component
class ChartRateLimiter {

    private static final int PEOPLE = 50_000;

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final int most;

    private final Clock clock;

    private final Cache<UUID, TokenBucket> people = Caffeine.newBuilder()
        .maximumSize(PEOPLE)
        .expireAfterAccess(MINUTE.multipliedBy(2))
        .build();

    ChartRateLimiter(ChartProperties settings, Clock clock) {
        this.most = settings.perMinute();
        this.clock = clock;
    }

    /**
     * Takes one.
     * @param person whose
     * @throws pregao.webapi.problem.ProblemException 429 where none is left
     */
    void take(UUID person) {
        Instant now = this.clock.instant();
        Duration[] wait = { Duration.ZERO };
        this.people.asMap().compute(person, (key, before) -> {
            double left = (before != null) ? before.now(now, this.most) : this.most;
            if (left < 1) {
                wait[0] = Duration.ofNanos((long) ((1 - left) * MINUTE.toNanos() / this.most));
                return new TokenBucket(left, now);
            }
            return new TokenBucket(left - 1, now);
        });
        if (!wait[0].isZero()) {
            throw ProblemDefinition.tooMany(wait[0]).asException();
        }
    }

    /**
     * What is left.
     *
     * @param count of pictures
     * @param at when
     */
    private record TokenBucket(double count, Instant at) {

        double now(Instant moment, int most) {
            double back = (double) Math.max(0, Duration.between(this.at, moment).toNanos()) / MINUTE.toNanos() * most;
            return Math.min(most, this.count + back);
        }

    }

}
