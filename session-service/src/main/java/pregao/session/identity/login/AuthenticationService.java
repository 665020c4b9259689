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
 * Service that authenticates users and refreshes their tokens. Neither the response nor
 * its time reveals whether an email address is registered.
 */
@Component
class AuthenticationService {

    private static final String UNREADABLE_ACCOUNT = "unreadable";

    private final UserRepository users;

    private final PasswordHasher passwordHasher;

    private final SecondFactorService secondFactor;

    private final LoginRepository logins;

    private final AccessTokenIssuer tokenIssuer;

    private final LoginRateLimiter rateLimiter;

    private final AuditLog auditLog;

    private final TransactionalOperator transactions;

    AuthenticationService(UserRepository users, PasswordHasher passwordHasher, SecondFactorService secondFactor,
            LoginRepository logins, AccessTokenIssuer tokenIssuer, LoginRateLimiter rateLimiter, AuditLog auditLog,
            TransactionalOperator transactions) {
        this.users = users;
        this.passwordHasher = passwordHasher;
        this.secondFactor = secondFactor;
        this.logins = logins;
        this.tokenIssuer = tokenIssuer;
        this.rateLimiter = rateLimiter;
        this.auditLog = auditLog;
        this.transactions = transactions;
    }

    Mono<LoginController.TokenResponse> login(String email, String password, @Nullable String code, ClientInfo client) {
        return this.rateLimiter
            .attempt(GuessTarget.LOGIN, email, client,
                    this.users.findByEmail(email)
                        .flatMap((account) -> checkPassword(account, password))
                        .switchIfEmpty(Mono.defer(() -> this.passwordHasher.matches(password, null))
                            .map((ignored) -> new CredentialCheck(null)))
                        .flatMap((check) -> (check.account() != null) ? checkSecondFactor(check.account(), code, client)
                                : rejectCredentials(check.known(), client)))
            .flatMap((account) -> startLogin(account, client));
    }

    /**
     * Rejects credentials that no user can have, in the same time as wrong ones.
     * @param client the client that sent the request
     * @return always 401, or 429 after too many attempts
     */
    Mono<LoginController.TokenResponse> rejectUnreadable(ClientInfo client) {
        this.rateLimiter.consume(UNREADABLE_ACCOUNT, client);
        return this.passwordHasher.matches(UNREADABLE_ACCOUNT, null)
            .flatMap((ignored) -> rejectCredentials(null, client))
            .flatMap((account) -> startLogin(account, client));
    }

    private Mono<CredentialCheck> checkPassword(UserAccount account, String password) {
        return this.passwordHasher.matches(password, account.password())
            .map((matches) -> new CredentialCheck(account.id(), matches ? account : null));
    }

    private Mono<UserAccount> checkSecondFactor(UserAccount account, @Nullable String code, ClientInfo client) {
        if (!account.totpOn()) {
            return Mono.just(account);
        }
        if (code == null) {
            return Mono.error(ProblemDefinition
                .unauthorized(LoginRateLimiter.CODE_NEEDED, "Send the code of your authenticator app, too")
                .asException());
        }
        return this.rateLimiter.attempt(GuessTarget.CODE, account.id().toString(), client,
                this.secondFactor.verify(account, code, client)
                    .flatMap((valid) -> valid ? Mono.just(account)
                            : this.auditLog.record(AuditEventType.LOGIN_REFUSED, account.id(), null, client, "code")
                                .then(Mono.error(() -> ProblemDefinition
                                    .unauthorized("wrong-code", "The code is wrong or was used")
                                    .asException()))));
    }

    private Mono<UserAccount> rejectCredentials(@Nullable UUID userId, ClientInfo client) {
        return this.auditLog.record(AuditEventType.LOGIN_REFUSED, userId, null, client, "password")
            .then(Mono.error(() -> createWrongCredentials()));
    }

    private static ProblemException createWrongCredentials() {
        return ProblemDefinition.unauthorized("wrong-credentials", "The address or the password is wrong")
            .asException();
    }

    private Mono<LoginController.TokenResponse> startLogin(UserAccount account, ClientInfo client) {
        UUID loginId = UUID.randomUUID();
        return this.transactions
            .transactional(this.users.isPasswordUnchanged(account)
                .filter((unchanged) -> unchanged)
                .switchIfEmpty(Mono.error(AuthenticationService::createWrongCredentials))
                .flatMap((unchanged) -> this.logins.create(loginId, account.id(), client))
                .delayUntil((token) -> this.auditLog.recordOwn(AuditEventType.LOGGED_IN, account.id(), client, "")))
            .map((token) -> createTokenResponse(account, loginId, token));
    }

    Mono<LoginController.TokenResponse> refresh(OpaqueToken token, ClientInfo client) {
        return this.logins.refresh(token).flatMap((result) -> switch (result) {
            case RefreshResult.Rotated rotated -> this.users.findById(rotated.person())
                .map((account) -> createTokenResponse(account, rotated.login(), rotated.next()));
            case RefreshResult.Reused reused -> this.auditLog
                .record(AuditEventType.REFRESH_REUSED, reused.person(), null, client, reused.login().toString())
                .then(Mono.<LoginController.TokenResponse>empty());
            case RefreshResult.Unknown unknown -> Mono.<LoginController.TokenResponse>empty();
        })
            .switchIfEmpty(
                    Mono.error(() -> ProblemDefinition.unauthorized("login-ended", "The login has ended: log in again")
                        .asException()));
    }

    private LoginController.TokenResponse createTokenResponse(UserAccount account, UUID loginId,
            OpaqueToken refreshToken) {
        return new LoginController.TokenResponse(
                this.tokenIssuer.issue(account.id(), loginId, Role.toTexts(account.roles())), "Bearer",
                this.tokenIssuer.getTtl().toSeconds(), refreshToken.text(), loginId);
    }

    /**
     * Result of a password check.
     *
     * @param known the ID of the user with the email address, or null if there is none
     * @param account the account, or null if the password is wrong
     */
    private record CredentialCheck(@Nullable UUID known, @Nullable UserAccount account) {

        CredentialCheck(@Nullable UUID known) {
            this(known, null);
        }

    }

}
