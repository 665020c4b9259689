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

    private static final int MAX_COUNT = 200_000;

    private static final int REFUSED = 401;

    private final LoginRateLimitProperties settings;

    private final FailedAttemptRepository guesses;

    private final Clock clock;

    private final Cache<String, AttemptBucket> buckets;

    LoginRateLimiter(LoginRateLimitProperties settings, FailedAttemptRepository guesses, Clock clock) {
        this.settings = settings;
        this.guesses = guesses;
        this.clock = clock;
        this.buckets = Caffeine.newBuilder().maximumSize(MAX_COUNT).expireAfterAccess(Duration.ofHours(1)).build();
    }

    /**
     * Does what tells a right guess from a wrong one, where a try is left. What ends
     * without a value, or with a 401, was wrong.
     * @param <T> what it answers
     * @param what is guessed
     * @param account whose: for a login the address in its one form, else the person's id
     * @param caller from where
     * @param work tells
     * @return what that answers; 429 where no try is left
     */
    public <T> Mono<T> guess(GuessTarget what, String account, ClientInfo caller, Mono<T> work) {
        return Mono.defer(() -> {
            take(local(what, account), caller);
            return takeEverywhere(what, account, caller).flatMap((taken) -> work
                .onErrorResume((failure) -> !isWrong(failure),
                        (failure) -> giveBack(what, account, caller, taken).then(Mono.error(failure)))
                .delayUntil((right) -> giveBack(what, account, caller, taken)));
        });
    }

    /** False where none was left, and none is needed. */
    private Mono<Boolean> takeEverywhere(GuessTarget what, String account, ClientInfo caller) {
        return this.guesses.take(what, account, most(what), every(what))
            .flatMap((wait) -> wait.isZero() ? Mono.just(true)
                    : isKnown(what, account, caller).filter((known) -> known)
                        .map((known) -> false)
                        .switchIfEmpty(Mono.error(() -> ProblemDefinition.tooManyAttempts(wait).asException())));
    }

    private Mono<Boolean> isKnown(GuessTarget what, String account, ClientInfo caller) {
        return (what == GuessTarget.LOGIN) ? this.guesses.isKnown(account, caller) : Mono.just(false);
    }

    private Mono<Void> giveBack(GuessTarget what, String account, ClientInfo caller, boolean taken) {
        return Mono.defer(() -> {
            giveBack(local(what, account), caller);
            return taken ? this.guesses.giveBack(what, account, every(what)) : Mono.empty();
        });
    }

    /**
     * Gives all tries over all networks back.
     * @param what was guessed
     * @param account whose
     * @return when they are there
     */
    public Mono<Void> forget(GuessTarget what, String account) {
        return this.guesses.forget(what, account);
    }

    /**
     * Forgets accounts of which all tries are back.
     * @return when they are gone
     */
    public Mono<Void> forgetOld() {
        return this.guesses.forgetOld();
    }

    private int most(GuessTarget what) {
        return (what == GuessTarget.CODE) ? this.settings.codesPerAccount() : this.settings.perAccountGlobal();
    }

    private Duration every(GuessTarget what) {
        return (what == GuessTarget.CODE) ? this.settings.codesPerAccountRefill()
                : this.settings.perAccountGlobalRefill();
    }

    private static boolean isWrong(Throwable failure) {
        return failure instanceof ProblemException refused && refused.problem().status() == REFUSED
                && !refused.problem().name().equals(CODE_NEEDED);
    }

    /**
     * Takes a try of a network before the work is done.
     * @param account at what
     * @param caller from where
     * @throws ProblemException 429 where none is left
     */
    public void take(String account, ClientInfo caller) {
        Duration wait = take(network(caller), this.settings.perNetwork(), this.settings.perNetworkRefill());
        if (!wait.isZero()) {
            throw ProblemDefinition.tooManyAttempts(wait).asException();
        }
        wait = take(name(account, caller), this.settings.perAccount(), this.settings.perAccountRefill());
        if (!wait.isZero()) {
            give(network(caller), this.settings.perNetwork());
            throw ProblemDefinition.tooManyAttempts(wait).asException();
        }
    }

    /**
     * Gives a try of a network back that was right.
     * @param account at what
     * @param caller from where
     */
    public void giveBack(String account, ClientInfo caller) {
        give(network(caller), this.settings.perNetwork());
        give(name(account, caller), this.settings.perAccount());
    }

    private Duration take(String name, int most, Duration every) {
        Duration[] wait = new Duration[1];
        this.buckets.asMap().compute(name, (key, old) -> {
            Instant now = this.clock.instant();
            AttemptBucket bucket = (old != null) ? old.filled(most, every, now) : new AttemptBucket(most, now);
            wait[0] = bucket.wait(every);
            return wait[0].isZero() ? bucket.with(-1, most) : bucket;
        });
        return wait[0];
    }

    private void give(String name, int most) {
        this.buckets.asMap().computeIfPresent(name, (key, bucket) -> bucket.with(1, most));
    }

    private static String local(GuessTarget what, String account) {
        return what.name() + " " + account;
    }

    private static String network(ClientInfo caller) {
        return caller.network();
    }

    private static String name(String account, ClientInfo caller) {
        return caller.network() + "|" + account.toLowerCase(Locale.ROOT);
    }

}
