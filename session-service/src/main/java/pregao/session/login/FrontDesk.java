package pregao.session.login;

import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

import pregao.session.access.Caller;
import pregao.session.access.Role;
import pregao.session.event.EventKind;
import pregao.session.event.EventLog;
import pregao.session.limit.Attempts;
import pregao.session.limit.Guess;
import pregao.session.password.Passwords;
import pregao.http.problem.Trouble;
import pregao.http.problem.TroubleException;
import pregao.session.token.AccessTokens;
import pregao.session.token.OpaqueToken;
import pregao.session.totp.SecondFactor;
import pregao.session.user.Account;
import pregao.session.user.People;

/**
 * Begins logins and keeps them going. Whether an address is known shows neither in the
 * answer nor in how long it takes.
 */
@Component
class FrontDesk {

    private static final String UNREADABLE = "unreadable";

    private final People people;

    private final Passwords passwords;

    private final SecondFactor factor;

    private final Logins logins;

    private final AccessTokens tokens;

    private final Attempts attempts;

    private final EventLog events;

    private final TransactionalOperator transactions;

    FrontDesk(People people, Passwords passwords, SecondFactor factor, Logins logins, AccessTokens tokens,
            Attempts attempts, EventLog events, TransactionalOperator transactions) {
        this.people = people;
        this.passwords = passwords;
        this.factor = factor;
        this.logins = logins;
        this.tokens = tokens;
        this.attempts = attempts;
        this.events = events;
        this.transactions = transactions;
    }

    Mono<LoginController.Granted> login(String email, String password, @Nullable String code, Caller caller) {
        return this.attempts.guess(Guess.LOGIN, email, caller,
                this.people.withEmail(email)
                    .flatMap((account) -> checked(account, password))
                    .switchIfEmpty(
                            Mono.defer(() -> this.passwords.matches(password, null)).map((never) -> new Checked(null)))
                    .flatMap((checked) -> (checked.account() != null) ? secondFactor(checked.account(), code, caller)
                            : refuse(checked.known(), caller)))
            .flatMap((account) -> begin(account, caller));
    }

    /**
     * Refuses what nobody can have registered with, in the same time.
     * @param caller from where
     * @return always 401, or 429 after too many
     */
    Mono<LoginController.Granted> refuseUnreadable(Caller caller) {
        this.attempts.take(UNREADABLE, caller);
        return this.passwords.matches(UNREADABLE, null)
            .flatMap((never) -> refuse(null, caller))
            .flatMap((account) -> begin(account, caller));
    }

    private Mono<Checked> checked(Account account, String password) {
        return this.passwords.matches(password, account.password())
            .map((right) -> new Checked(account.id(), right ? account : null));
    }

    private Mono<Account> secondFactor(Account account, @Nullable String code, Caller caller) {
        if (!account.totpOn()) {
            return Mono.just(account);
        }
        if (code == null) {
            return Mono.error(Trouble.refused(Attempts.CODE_NEEDED, "Send the code of your authenticator app, too")
                .asException());
        }
        return this.attempts.guess(Guess.CODE, account.id().toString(), caller, this.factor.takes(account, code, caller)
            .flatMap((right) -> right ? Mono.just(account) : this.events
                .add(EventKind.LOGIN_REFUSED, account.id(), null, caller, "code")
                .then(Mono.error(() -> Trouble.refused("wrong-code", "The code is wrong or was used").asException()))));
    }

    private Mono<Account> refuse(@Nullable UUID known, Caller caller) {
        return this.events.add(EventKind.LOGIN_REFUSED, known, null, caller, "password")
            .then(Mono.error(() -> wrong()));
    }

    private static TroubleException wrong() {
        return Trouble.refused("wrong-credentials", "The address or the password is wrong").asException();
    }

    private Mono<LoginController.Granted> begin(Account account, Caller caller) {
        UUID login = UUID.randomUUID();
        return this.transactions
            .transactional(this.people.stillHasPassword(account)
                .filter((still) -> still)
                .switchIfEmpty(Mono.error(FrontDesk::wrong))
                .flatMap((still) -> this.logins.begin(login, account.id(), caller))
                .delayUntil((token) -> this.events.own(EventKind.LOGGED_IN, account.id(), caller, "")))
            .map((token) -> grant(account, login, token));
    }

    Mono<LoginController.Granted> refresh(OpaqueToken token, Caller caller) {
        return this.logins.refresh(token).flatMap((refreshed) -> switch (refreshed) {
            case Refreshed.Rotated rotated ->
                this.people.withId(rotated.person()).map((account) -> grant(account, rotated.login(), rotated.next()));
            case Refreshed.Reused reused ->
                this.events.add(EventKind.REFRESH_REUSED, reused.person(), null, caller, reused.login().toString())
                    .then(Mono.<LoginController.Granted>empty());
            case Refreshed.Unknown unknown -> Mono.<LoginController.Granted>empty();
        })
            .switchIfEmpty(Mono
                .error(() -> Trouble.refused("login-ended", "The login has ended: log in again").asException()));
    }

    private LoginController.Granted grant(Account account, UUID login, OpaqueToken refresh) {
        return new LoginController.Granted(this.tokens.of(account.id(), login, Role.texts(account.roles())), "Bearer",
                this.tokens.life().toSeconds(), refresh.text(), login);
    }

    /**
     * Whether a password was right.
     *
     * @param known whose address it is; null where it is nobody's
     * @param account who it is; null where the password was wrong
     */
    private record Checked(@Nullable UUID known, @Nullable Account account) {

        Checked(@Nullable UUID known) {
            this(known, null);
        }

    }

}
