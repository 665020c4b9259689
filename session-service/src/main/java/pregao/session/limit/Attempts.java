package pregao.session.limit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.springframework.stereotype.Component;

import pregao.session.access.Caller;
import pregao.http.problem.Trouble;

/**
 * Counts tries by account and network, and by network. Whoever guesses at an account is
 * slowed down where they are; its owner, who is elsewhere, is not. Each replica counts
 * for itself, so that guessing gains a factor as small as their number, and no store need
 * be there.
 */
@Component
public class Attempts {

    private static final int MOST = 200_000;

    private final AttemptSettings settings;

    private final Clock clock;

    private final Cache<String, Bucket> buckets;

    Attempts(AttemptSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        this.buckets = Caffeine.newBuilder().maximumSize(MOST).expireAfterAccess(Duration.ofHours(1)).build();
    }

    /**
     * Takes a try before the work is done.
     * @param account at what
     * @param caller from where
     * @throws pregao.http.problem.TroubleException 429 where none is left
     */
    public void take(String account, Caller caller) {
        Duration wait = take(network(caller), this.settings.network(), this.settings.networkEvery());
        if (!wait.isZero()) {
            throw Trouble.tooMany(wait).asException();
        }
        wait = take(name(account, caller), this.settings.account(), this.settings.accountEvery());
        if (!wait.isZero()) {
            give(network(caller), this.settings.network());
            throw Trouble.tooMany(wait).asException();
        }
    }

    /**
     * Gives a try back that was right.
     * @param account at what
     * @param caller from where
     */
    public void giveBack(String account, Caller caller) {
        give(network(caller), this.settings.network());
        give(name(account, caller), this.settings.account());
    }

    private Duration take(String name, int most, Duration every) {
        Duration[] wait = new Duration[1];
        this.buckets.asMap().compute(name, (key, old) -> {
            Instant now = this.clock.instant();
            Bucket bucket = (old != null) ? old.filled(most, every, now) : new Bucket(most, now);
            wait[0] = bucket.wait(every);
            return wait[0].isZero() ? bucket.with(-1, most) : bucket;
        });
        return wait[0];
    }

    private void give(String name, int most) {
        this.buckets.asMap().computeIfPresent(name, (key, bucket) -> bucket.with(1, most));
    }

    private static String network(Caller caller) {
        return caller.network();
    }

    private static String name(String account, Caller caller) {
        return caller.network() + "|" + account.toLowerCase(Locale.ROOT);
    }

}
