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
 * Rate limiter of authentication attempts. It limits them in two ways. By network, and by
 * account and network, each replica counts in memory, so that an attacker is slowed down
 * before the database is queried. By account across all networks and replicas it counts
 * in PostgreSQL, so that the number of failed attempts per hour is limited even if an
 * attacker uses many addresses.
 *
 * <p>
 * Attempts are restored over time, so that no user is locked out for good. So that
 * strangers cannot slow the user down, a login from a network where the user has logged
 * in before is counted, but never rejected by the count across networks. A password reset
 * by an admin's link resets that count.
 */
@Component
public class LoginRateLimiter {

    /**
     * The problem of a correct password without the required code. It does not count as a
     * failed attempt.
     */
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
     * Runs a credential check if an attempt is available. The check fails if it completes
     * empty or with a 401.
     * @param <T> the type of the result
     * @param target what is guessed
     * @param account the normalized email address for a login, otherwise the user ID
     * @param client the client that sent the request
     * @param check the credential check
     * @return the result of the check, or 429 if no attempt is available
     */
    public <T> Mono<T> attempt(GuessTarget target, String account, ClientInfo client, Mono<T> check) {
        return Mono.defer(() -> {
            consume(createLocalAccount(target, account), client);
            Mono<Boolean> globalAttempt = consumeGlobally(target, account, client);
            return globalAttempt.flatMap((consumed) -> check
                .onErrorResume((failure) -> !isWrongGuess(failure),
                        (failure) -> restore(target, account, client, consumed).then(Mono.error(failure)))
                .delayUntil((ignored) -> restore(target, account, client, consumed)));
        });
    }

    /**
     * Returns false if no attempt is available but none is needed, because the network is
     * known.
     */
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
     * Restores all attempts of an account across networks.
     * @param target what was guessed
     * @param account the account
     * @return completes when the attempts are restored
     */
    public Mono<Void> reset(GuessTarget target, String account) {
        return this.failedAttempts.reset(target, account);
    }

    /**
     * Deletes the rows of accounts whose attempts are all restored.
     * @return completes when the rows are deleted
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
     * Consumes an attempt of a network before the check runs.
     * @param account the account
     * @param client the client that sent the request
     * @throws ProblemException 429 if no attempt is available
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
     * Restores an attempt of a network after a successful check.
     * @param account the account
     * @param client the client that sent the request
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
