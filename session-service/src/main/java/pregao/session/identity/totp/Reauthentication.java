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
 * Reauthentication of a logged-in user by password and code, for operations for which a
 * stolen token must not be sufficient.
 */
@Component
public class Reauthentication {

    private final UserAdministrationService administration;

    private final SecondFactorService secondFactor;

    private final LoginRateLimiter rateLimiter;

    Reauthentication(UserAdministrationService administration, SecondFactorService secondFactor,
            LoginRateLimiter rateLimiter) {
        this.administration = administration;
        this.secondFactor = secondFactor;
        this.rateLimiter = rateLimiter;
    }

    /**
     * Verifies the password and, if TOTP is enabled, a code, which can be used once.
     * @param userId the user
     * @param password the password as sent
     * @param code the TOTP or recovery code as sent
     * @param client the client that sent the request
     * @return the account; 401 if the password or code is missing or wrong, 429 after too
     * many attempts
     */
    public Mono<UserAccount> reauthenticate(UUID userId, @Nullable String password, @Nullable String code,
            ClientInfo client) {
        return this.administration.reauthenticate(userId, Objects.requireNonNullElse(password, ""), client)
            .flatMap((account) -> account.totpOn() ? checkCode(account, code, client) : Mono.just(account));
    }

    private Mono<UserAccount> checkCode(UserAccount account, @Nullable String code, ClientInfo client) {
        if (code == null) {
            return Mono
                .error(ProblemDefinition.unauthorized("code-needed", "Send the code of your authenticator app, too")
                    .asException());
        }
        return this.rateLimiter.attempt(GuessTarget.CODE, account.id().toString(), client, this.secondFactor
            .verify(account, code, client)
            .filter((valid) -> valid)
            .switchIfEmpty(Mono.error(
                    () -> ProblemDefinition.unauthorized("wrong-code", "The code is wrong or was used").asException()))
            .thenReturn(account));
    }

}
