package pregao.session.broker.account;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.springframework.stereotype.Component;

import pregao.session.broker.api.LoginResult;
import pregao.webapi.problem.ProblemDefinition;
import pregao.webapi.problem.ProblemException;

/**
 * Logins at brokers for which a code is awaited: one an account, for five minutes, in
 * memory only, as a password is never stored.
 */
@Component
class PendingTwoFactorLogins {

    /** How long a broker takes a code. */
    static final Duration LIFE = Duration.ofMinutes(5);

    private static final int MAX_COUNT = 10_000;

    private final Cache<UUID, Step> byAccount = Caffeine.newBuilder()
        .maximumSize(MAX_COUNT)
        .expireAfterWrite(LIFE)
        .build();

    private final Clock clock;

    PendingTwoFactorLogins(Clock clock) {
        this.clock = clock;
    }

    Step remember(BrokerAccount account, LoginResult.CodeRequired wanted) {
        Step step = new Step(UUID.randomUUID(), account, wanted, this.clock.instant().plus(LIFE));
        this.byAccount.put(account.id(), step);
        return step;
    }

    Optional<Step> of(UUID account) {
        return Optional.ofNullable(this.byAccount.getIfPresent(account));
    }

    /**
     * Says that a code is what an account lacks, and until when it can be given.
     * @param account which
     * @return a 409
     */
    ProblemException wanted(BrokerAccount account) {
        Instant until = of(account.id()).map(Step::until)
            .orElse(account.since().plus(LIFE))
            .truncatedTo(ChronoUnit.SECONDS);
        String detail = until.isAfter(this.clock.instant())
                ? "The broker has sent a code and waits for it until %s: give it, and the account works on"
                : "The broker waited for a code until %s: connect the account again, and it sends another one";
        return ProblemDefinition.conflict("code-wanted", detail.formatted(until)).asException();
    }

    void over(Step step) {
        this.byAccount.asMap().remove(step.account().id(), step);
    }

    /**
     * A login that goes on with a code.
     *
     * @param id by which the caller names it
     * @param account whose
     * @param wanted what the broker said
     * @param until when it is good
     */
    record Step(UUID id, BrokerAccount account, LoginResult.CodeRequired wanted, Instant until) {

    }

}
