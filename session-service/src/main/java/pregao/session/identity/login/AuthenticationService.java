package pregao.session.identity.login;

import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

import pregao.session.identity.audit.AuditEventType;
import pregao.session.identity.audit.AuditLog;
import pregao.session.identity.password.PasswordHasher;
import pregao.session.identity.ratelimit.GuessTarget;
import pregao.session.identity.ratelimit.LoginRateLimiter;
import pregao.session.identity.security.ClientInfo;
import pregao.session.identity.security.Role;
import pregao.session.identity.token.AccessTokenIssuer;
import pregao.session.identity.token.OpaqueToken;
import pregao.session.identity.totp.SecondFactorService;
import pregao.session.identity.user.UserAccount;
import pregao.session.identity.user.UserRepository;
import pregao.webapi.problem.ProblemDefinition;
import pregao.webapi.problem.ProblemException;

/**
 * Begins logins and keeps them going. Whether an address is known shows neither in the
 * answer nor in how long it takes.
 */
@Component
class AuthenticationService {

    private static final String UNREADABLE = "unreadable";

    private final UserRepository people;

    private final PasswordHasher passwords;

    private final SecondFactorService factor;

    private final LoginRepository logins;

    private final AccessTokenIssuer tokens;

    private final LoginRateLimiter attempts;

    private final AuditLog events;

    private final TransactionalOperator transactions;

    AuthenticationService(UserRepository people, PasswordHasher passwords, SecondFactorService factor,
            LoginRepository logins, AccessTokenIssuer tokens, LoginRateLimiter attempts, AuditLog events,
            TransactionalOperator transactions) {
        this.people = people;
        this.passwords = passwords;
        this.factor = factor;
        this.logins = logins;
        this.tokens = tokens;
        this.attempts = attempts;
        this.events = events;
        this.transactions = transactions;
    }

    Mono<LoginController.TokenResponse> login(String email, String password, @Nullable String code, ClientInfo caller) {
        return this.attempts
            .guess(GuessTarget.LOGIN, email, caller,
                    this.people.withEmail(email)
                        .flatMap((account) -> checked(account, password))
                        .switchIfEmpty(Mono.defer(() -> this.passwords.matches(password, null))
                            .map((never) -> new CredentialCheck(null)))
                        .flatMap((checked) -> (checked.account() != null)
                                ? secondFactor(checked.account(), code, caller) : refuse(checked.known(), caller)))
            .flatMap((account) -> begin(account, caller));
    }

    /**
     * Refuses what nobody can have registered with, in the same time.
     * @param caller from where
     * @return always 401, or 429 after too many
     */
    Mono<LoginController.TokenResponse> refuseUnreadable(ClientInfo caller) {
        this.attempts.take(UNREADABLE, caller);
        return this.passwords.matches(UNREADABLE, null)
            .flatMap((never) -> refuse(null, caller))
            .flatMap((account) -> begin(account, caller));
    }

    private Mono<CredentialCheck> checked(UserAccount account, String password) {
        return this.passwords.matches(password, account.password())
            .map((right) -> new CredentialCheck(account.id(), right ? account : null));
    }

    private Mono<UserAccount> secondFactor(UserAccount account, @Nullable String code, ClientInfo caller) {
        if (!account.totpOn()) {
            return Mono.just(account);
        }
        if (code == null) {
            return Mono.error(ProblemDefinition
                .unauthorized(LoginRateLimiter.CODE_NEEDED, "Send the code of your authenticator app, too")
                .asException());
        }
        return this.attempts
            .guess(GuessTarget.CODE, account.id().toString(), caller,
                    this.factor.takes(account, code, caller)
                        .flatMap((right) -> right ? Mono.just(account)
                                : this.events.add(AuditEventType.LOGIN_REFUSED, account.id(), null, caller, "code")
                                    .then(Mono.error(() -> ProblemDefinition
                                        .unauthorized("wrong-code", "The code is wrong or was used")
                                        .asException()))));
    }

    private Mono<UserAccount> refuse(@Nullable UUID uuid, ClientInfo caller) {
        return this.events.add(AuditEventType.LOGIN_REFUSED, uuid, null, caller, "password")
            .then(Mono.error(() -> wrong()));
    }

    private static ProblemException wrong() {
        return ProblemDefinition.unauthorized("wrong-credentials", "The address or the password is wrong").asException();
    }

    private Mono<LoginController.TokenResponse> begin(UserAccount account, ClientInfo caller) {
        UUID login = UUID.randomUUID();
        return this.transactions
            .transactional(this.people.stillHasPassword(account)
                .filter((still) -> still)
                .switchIfEmpty(Mono.error(AuthenticationService::wrong))
                .flatMap((still) -> this.logins.begin(login, account.id(), caller))
                .delayUntil((token) -> this.events.own(AuditEventType.LOGGED_IN, account.id(), caller, "")))
            .map((token) -> grant(account, login, token));
    }

    Mono<LoginController.TokenResponse> refresh(OpaqueToken token, ClientInfo caller) {
        return this.logins.refresh(token).flatMap((refreshed) -> switch (refreshed) {
            case RefreshResult.Rotated rotated ->
                this.people.withId(rotated.person()).map((account) -> grant(account, rotated.login(), rotated.next()));
            case RefreshResult.Reused reused ->
                this.events.add(AuditEventType.REFRESH_REUSED, reused.person(), null, caller, reused.login().toString())
                    .then(Mono.<LoginController.TokenResponse>empty());
            case RefreshResult.Unknown unknown -> Mono.<LoginController.TokenResponse>empty();
        })
            .switchIfEmpty(Mono.error(
                    () -> ProblemDefinition.unauthorized("login-ended", "The login has ended: log in again").asException()));
    }

    private LoginController.TokenResponse grant(UserAccount account, UUID login, OpaqueToken refresh) {
        return new LoginController.TokenResponse(this.tokens.of(account.id(), login, Role.texts(account.roles())),
                "Bearer", this.tokens.life().toSeconds(), refresh.text(), login);
    }

    /**
     * Whether a password was right.
     *
     * @param known whose address it is; null where it is nobody's
     * @param account who it is; null where the password was wrong
     */
    private record CredentialCheck(@Nullable UUID known, @Nullable UserAccount account) {

        CredentialCheck(@Nullable UUID known) {
            this(known, null);
        }

    }

}
