package pregao.session.account;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.springframework.stereotype.Component;

import pregao.session.broker.Login;

/**
 * Logins at brokers for which a code is awaited: one an account, for five minutes, in
 * memory only, as a password is never stored.
 */
@Component
class CodeSteps {

    /** How long a broker takes a code. */
    static final Duration LIFE = Duration.ofMinutes(5);

    private static final int MOST = 10_000;

    private final Cache<UUID, Step> byAccount = Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(LIFE).build();

    private final Clock clock;

    CodeSteps(Clock clock) {
        this.clock = clock;
    }

    Step remember(StoredAccount account, Login.CodeWanted wanted) {
        Step step = new Step(UUID.randomUUID(), account, wanted, this.clock.instant().plus(LIFE));
        this.byAccount.put(account.id(), step);
        return step;
    }

    Optional<Step> of(UUID account) {
        return Optional.ofNullable(this.byAccount.getIfPresent(account));
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
    record Step(UUID id, StoredAccount account, Login.CodeWanted wanted, Instant until) {

    }

}
