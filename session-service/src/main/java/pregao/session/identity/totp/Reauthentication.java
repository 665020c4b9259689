package pregao.session.identity.totp;

import java.util.Objects;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

import pregao.session.identity.ratelimit.GuessTarget;
import pregao.session.identity.ratelimit.LoginRateLimiter;
import pregao.session.identity.security.ClientInfo;
import pregao.session.identity.user.UserAccount;
import pregao.session.identity.user.UserAdministrationService;
import pregao.webapi.problem.ProblemDefinition;

/**
 * Has somebody who is logged in show by password and code that it is still them, before
 * what a stolen token must not be enough for.
 */
@Component
public class Reauthentication {

    private final UserAdministrationService administration;

    private final SecondFactorService factor;

    private final LoginRateLimiter attempts;

    Reauthentication(UserAdministrationService administration, SecondFactorService factor, LoginRateLimiter attempts) {
        this.administration = administration;
        this.factor = factor;
        this.attempts = attempts;
    }

    /**
     * Asks for the password and, where codes are asked for, for a code, which is good
     * once.
     * @param id who
     * @param password as sent
     * @param code as sent, of the app or a recovery code
     * @param caller from where
     * @return who it is; 401 where either is missing or wrong, 429 after too many
     */
    public Mono<UserAccount> prove(UUID id, @Nullable String password, @Nullable String code, ClientInfo caller) {
        return this.administration.reauthenticate(id, Objects.requireNonNullElse(password, ""), caller)
            .flatMap((account) -> account.totpOn() ? withCode(account, code, caller) : Mono.just(account));
    }

    private Mono<UserAccount> withCode(UserAccount account, @Nullable String code, ClientInfo caller) {
        if (code == null) {
            return Mono.error(ProblemDefinition.unauthorized("code-needed", "Send the code of your authenticator app, too")
                .asException());
        }
        return this.attempts
            .guess(GuessTarget.CODE, account.id().toString(), caller, this.factor.takes(account, code, caller)
                .filter((right) -> right)
                .switchIfEmpty(Mono.error(
                        () -> ProblemDefinition.unauthorized("wrong-code", "The code is wrong or was used").asException()))
                .thenReturn(account));
    }

}
