package pregao.session.totp;

import java.util.Objects;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

import pregao.http.problem.Trouble;
import pregao.session.access.Caller;
import pregao.session.limit.Attempts;
import pregao.session.limit.Guess;
import pregao.session.user.Account;
import pregao.session.user.Administration;

/**
 * Has somebody who is logged in show by password and code that it is still them, before
 * what a stolen token must not be enough for.
 */
@Component
public class Reauthentication {

    private final Administration administration;

    private final SecondFactor factor;

    private final Attempts attempts;

    Reauthentication(Administration administration, SecondFactor factor, Attempts attempts) {
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
    public Mono<Account> prove(UUID id, @Nullable String password, @Nullable String code, Caller caller) {
        return this.administration.prove(id, Objects.requireNonNullElse(password, ""), caller)
            .flatMap((account) -> account.totpOn() ? withCode(account, code, caller) : Mono.just(account));
    }

    private Mono<Account> withCode(Account account, @Nullable String code, Caller caller) {
        if (code == null) {
            return Mono
                .error(Trouble.refused("code-needed", "Send the code of your authenticator app, too").asException());
        }
        return this.attempts.guess(Guess.CODE, account.id().toString(), caller, this.factor.takes(account, code, caller)
            .filter((right) -> right)
            .switchIfEmpty(
                    Mono.error(() -> Trouble.refused("wrong-code", "The code is wrong or was used").asException()))
            .thenReturn(account));
    }

}
