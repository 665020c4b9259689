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
 * Logins that wait for a code: one per account, for five minutes, and only in memory,
 * because passwords are never stored.
 */
@Component
class PendingTwoFactorLogins {

    /** How long a broker accepts a code. */
    static final Duration CODE_VALIDITY = Duration.ofMinutes(5);

    private static final int MAX_PENDING = 10_000;

    private final Cache<UUID, Step> byAccount = Caffeine.newBuilder()
        .maximumSize(MAX_PENDING)
        .expireAfterWrite(CODE_VALIDITY)
        .build();

    private final Clock clock;

    PendingTwoFactorLogins(Clock clock) {
        this.clock = clock;
    }

    Step add(BrokerAccount account, LoginResult.CodeRequired codeRequired) {
        Step step = new Step(UUID.randomUUID(), account, codeRequired, this.clock.instant().plus(CODE_VALIDITY));
        this.byAccount.put(account.id(), step);
        return step;
    }

    Optional<Step> find(UUID accountId) {
        return Optional.ofNullable(this.byAccount.getIfPresent(accountId));
    }

    /**
     * Creates a problem which says that the account requires a code, and until when.
     * @param account the account
     * @return a 409 problem
     */
    ProblemException codeRequiredProblem(BrokerAccount account) {
        Instant until = find(account.id()).map(Step::until)
            .orElse(account.since().plus(CODE_VALIDITY))
            .truncatedTo(ChronoUnit.SECONDS);
        String detail = until.isAfter(this.clock.instant())
                ? "The broker has sent a code and waits for it until %s: give it, and the account works on"
                : "The broker waited for a code until %s: connect the account again, and it sends another one";
        return ProblemDefinition.conflict("code-wanted", detail.formatted(until)).asException();
    }

    void remove(Step step) {
        this.byAccount.asMap().remove(step.account().id(), step);
    }

    /**
     * A pending login.
     *
     * @param id the ID by which the client refers to it
     * @param account the account
     * @param wanted the result of the login that required the code
     * @param until when the code expires
     */
    record Step(UUID id, BrokerAccount account, LoginResult.CodeRequired wanted, Instant until) {

    }

}
