package pregao.session.identity.ratelimit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

import pregao.session.identity.security.ClientInfo;
import pregao.webapi.problem.ProblemDefinition;
import pregao.webapi.problem.ProblemException;

/**
 * Counts tries, in two ways. By account and network, and by network, each replica for
 * itself in memory: whoever guesses is slowed down where they are, before anything is
 * asked of the database. By account over all networks and replicas in PostgreSQL: however
 * many addresses somebody guesses from, an account gets only so many wrong tries an hour.
 *
 * <p>
 * Tries come back with time, so that nobody is locked out for good. So that strangers do
 * not slow the owner down, a login from a network where the person has logged in before
 * is counted, but never refused by the account's count over all networks; and a password
 * that was set by an admin's link begins with a new count.
 */
@Component
public class LoginRateLimiter {

    /** The right password came without the code that must be with it. */
    public static final String CODE_NEEDED = "code-needed";

    private static final int MAX_BUCKETS = 200_000;

    private static final int UNAUTHORIZED = 401;

    private final LoginRateLimitProperties settings;

    private final FailedAttemptRepository failedAttempts;

    private final Clock clock;

    private final Cache<String, AttemptBucket> buckets;

    LoginRateLimiter(LoginRateLimitProperties settings, FailedAttemptRepository failedAttempts, Clock clock) {
        this.settings = settings;
        this.failedAttempts = failedAttempts;
        this.clock = clock;
        this.buckets = Caffeine.newBuilder().maximumSize(MAX_BUCKETS).expireAfterAccess(Duration.ofHours(1)).build();
    }

    /**
     * Does what tells a right guess from a wrong one, where a try is left. What ends
     * without a value, or with a 401, was wrong.
     * @param <T> what it answers
     * @param target is guessed
     * @param account whose: for a login the address in its one form, else the person's id
     * @param client from where
     * @param check tells
     * @return what that answers; 429 where no try is left
     */
    public <T> Mono<T> attempt(GuessTarget target, String account, ClientInfo client, Mono<T> check) {
        return Mono.defer(() -> {
            consume(createLocalAccount(target, account), client);
            return consumeGlobally(target, account,
                    client)
                .flatMap((consumed) -> check
                    .onErrorResume((failure) -> !isWrongGuess(failure),
                            (failure) -> restore(target, account, client, consumed).then(Mono.error(failure)))
                    .delayUntil((ignored) -> restore(target, account, client, consumed)));
        });
    }

    /** False where none was left, and none is needed. */
    private Mono<Boolean> consumeGlobally(GuessTarget target, String account, ClientInfo client) {
        return this.failedAttempts.consume(target, account, getCapacity(target), getRefillInterval(target))
            .flatMap((wait) -> wait.isZero() ? Mono.just(true)
                    : isKnownNetwork(target, account, client).filter((isKnown) -> isKnown)
                        .map((isKnown) -> false)
                        .switchIfEmpty(Mono.error(() -> ProblemDefinition.tooManyAttempts(wait).asException())));
    }

    private Mono<Boolean> isKnownNetwork(GuessTarget target, String account, ClientInfo client) {
        return (target == GuessTarget.LOGIN) ? this.failedAttempts.isKnownNetwork(account, client) : Mono.just(false);
    }

    private Mono<Void> restore(GuessTarget target, String account, ClientInfo client, boolean consumed) {
        return Mono.defer(() -> {
            restore(createLocalAccount(target, account), client);
            return consumed ? this.failedAttempts.restore(target, account, getRefillInterval(target)) : Mono.empty();
        });
    }

    /**
     * Gives all tries over all networks back.
     * @param target was guessed
     * @param account whose
     * @return when they are there
     */
    public Mono<Void> reset(GuessTarget target, String account) {
        return this.failedAttempts.reset(target, account);
    }

    /**
     * Forgets accounts of which all tries are back.
     * @return when they are gone
     */
    public Mono<Void> deleteExpired() {
        return this.failedAttempts.deleteExpired();
    }

    private int getCapacity(GuessTarget target) {
        return (target == GuessTarget.CODE) ? this.settings.codesPerAccount() : this.settings.perAccountGlobal();
    }

    private Duration getRefillInterval(GuessTarget target) {
        return (target == GuessTarget.CODE) ? this.settings.codesPerAccountRefill()
                : this.settings.perAccountGlobalRefill();
    }

    private static boolean isWrongGuess(Throwable failure) {
        return failure instanceof ProblemException exception && exception.problem().status() == UNAUTHORIZED
                && !exception.problem().name().equals(CODE_NEEDED);
    }

    /**
     * Takes a try of a network before the work is done.
     * @param account at what
     * @param client from where
     * @throws ProblemException 429 where none is left
     */
    public void consume(String account, ClientInfo client) {
        Duration wait = consume(getNetworkKey(client), this.settings.perNetwork(), this.settings.perNetworkRefill());
        if (!wait.isZero()) {
            throw ProblemDefinition.tooManyAttempts(wait).asException();
        }
        wait = consume(createBucketKey(account, client), this.settings.perAccount(), this.settings.perAccountRefill());
        if (!wait.isZero()) {
            addAttempt(getNetworkKey(client), this.settings.perNetwork());
            throw ProblemDefinition.tooManyAttempts(wait).asException();
        }
    }

    /**
     * Gives a try of a network back that was right.
     * @param account at what
     * @param client from where
     */
    public void restore(String account, ClientInfo client) {
        addAttempt(getNetworkKey(client), this.settings.perNetwork());
        addAttempt(createBucketKey(account, client), this.settings.perAccount());
    }

    private Duration consume(String key, int capacity, Duration refillInterval) {
        Duration[] wait = new Duration[1];
        this.buckets.asMap().compute(key, (ignored, current) -> {
            Instant now = this.clock.instant();
            AttemptBucket bucket = (current != null) ? current.refill(capacity, refillInterval, now)
                    : new AttemptBucket(capacity, now);
            wait[0] = bucket.timeUntilNext(refillInterval);
            return wait[0].isZero() ? bucket.add(-1, capacity) : bucket;
        });
        return wait[0];
    }

    private void addAttempt(String key, int capacity) {
        this.buckets.asMap().computeIfPresent(key, (ignored, bucket) -> bucket.add(1, capacity));
    }

    private static String createLocalAccount(GuessTarget target, String account) {
        return target.name() + " " + account;
    }

    private static String getNetworkKey(ClientInfo client) {
        return client.network();
    }

    private static String createBucketKey(String account, ClientInfo client) {
        return client.network() + "|" + account.toLowerCase(Locale.ROOT);
    }

}
