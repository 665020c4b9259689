package pregao.session.identity.login;

import java.time.Instant;
import java.util.UUID;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.transaction.reactive.TransactionalOperator;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

import pregao.session.identity.audit.AuditEventType;
import pregao.session.identity.audit.AuditLog;
import pregao.session.identity.password.PasswordHasher;
import pregao.session.identity.password.PasswordRules;
import pregao.session.identity.ratelimit.GuessTarget;
import pregao.session.identity.ratelimit.LoginRateLimiter;
import pregao.session.identity.security.AuthenticatedUser;
import pregao.session.identity.security.ClientInfo;
import pregao.session.identity.token.OpaqueToken;
import pregao.session.identity.user.UserAccount;
import pregao.session.identity.user.UserRepository;
import pregao.webapi.problem.FieldValidator;
import pregao.webapi.problem.ProblemDefinition;
import pregao.webapi.problem.ProblemException;

/**
 * REST controller of password resets: an admin creates a link, which resets the password
 * once. A link has 256 random bits, and an invalid link belongs to no user, so attempts
 * are limited by network. A reset also resets the count of failed login attempts of the
 * account.
 */
@RestController
class PasswordResetController {

    private static final int MAX_LENGTH = 256;

    private static final String ATTEMPT_ACCOUNT = "password reset";

    private final PasswordResetRepository resets;

    private final UserRepository users;

    private final PasswordHasher passwordHasher;

    private final LoginRepository logins;

    private final LoginRateLimiter rateLimiter;

    private final AuditLog auditLog;

    private final TransactionalOperator transactions;

    PasswordResetController(PasswordResetRepository resets, UserRepository users, PasswordHasher passwordHasher,
            LoginRepository logins, LoginRateLimiter rateLimiter, AuditLog auditLog,
            TransactionalOperator transactions) {
        this.resets = resets;
        this.users = users;
        this.passwordHasher = passwordHasher;
        this.logins = logins;
        this.rateLimiter = rateLimiter;
        this.auditLog = auditLog;
        this.transactions = transactions;
    }

    @PostMapping("/api/users/{id}/password-reset")
    @ResponseStatus(HttpStatus.CREATED)
    @SecurityRequirement(name = "token")
    @Operation(operationId = "createPasswordReset", summary = "Creates a password reset link, shown once; for admins",
            description = "The link is valid for a day, once. A new link replaces it.")
    Mono<ResponseEntity<PasswordResetLink>> createLink(@AuthenticationPrincipal AuthenticatedUser user,
            @PathVariable UUID id, ServerHttpRequest request) {
        OpaqueToken token = OpaqueToken.random();
        return this.users.findById(id)
            .switchIfEmpty(Mono.error(() -> ProblemDefinition.notFound().asException()))
            .flatMap((account) -> this.transactions.transactional(this.resets.save(id, token, user.id())
                .delayUntil((expiresAt) -> this.auditLog.record(AuditEventType.PASSWORD_RESET_MADE, id, user.id(),
                        ClientInfo.of(request), ""))))
            .map((expiresAt) -> ResponseEntity.status(HttpStatus.CREATED)
                .cacheControl(CacheControl.noStore())
                .body(new PasswordResetLink(token.text(), "/password#" + token.text(), expiresAt)));
    }

    @PostMapping("/api/auth/password/reset")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "resetPassword",
            summary = "Resets a password with an admin's link and revokes all logins of the user",
            description = "TOTP codes are required as before.")
    Mono<Void> resetPassword(@RequestBody PasswordReset body, ServerHttpRequest request) {
        FieldValidator validator = new FieldValidator();
        OpaqueToken token = new OpaqueToken(validator.text("token", body.token(), MAX_LENGTH));
        String password = validator.text("new_password", body.newPassword(), MAX_LENGTH);
        validator.check();
        ClientInfo client = ClientInfo.of(request);
        this.rateLimiter.consume(ATTEMPT_ACCOUNT, client);
        return this.resets.findUserId(token)
            .flatMap(this.users::findById)
            .switchIfEmpty(Mono.error(PasswordResetController::createLinkExpired))
            .doOnNext((account) -> checkNewPassword(password, account))
            .flatMap((account) -> this.passwordHasher.encode(password)
                .flatMap((hash) -> this.transactions.transactional(setPassword(token, hash, client)
                    .then(this.rateLimiter.reset(GuessTarget.LOGIN, account.email())))))
            .doOnSuccess((ignored) -> this.rateLimiter.restore(ATTEMPT_ACCOUNT, client));
    }

    private Mono<Void> setPassword(OpaqueToken token, String hash, ClientInfo client) {
        return this.resets.redeem(token)
            .switchIfEmpty(Mono.error(PasswordResetController::createLinkExpired))
            .flatMap((userId) -> this.users.setPassword(userId, hash)
                .then(this.logins.endAll(userId, "password"))
                .then(this.auditLog.recordOwn(AuditEventType.PASSWORD_CHANGED, userId, client, "by a link")));
    }

    private static void checkNewPassword(String password, UserAccount account) {
        FieldValidator validator = new FieldValidator();
        PasswordRules.check(validator, "new_password", password, account.email());
        validator.check();
    }

    private static ProblemException createLinkExpired() {
        return ProblemDefinition
            .unauthorized("reset-over", "The link is over or was used: ask an admin for another one")
            .asException();
    }

    /**
     * Response with a password reset link.
     *
     * @param token the token to send with the new password
     * @param link the path of the page, relative to the gateway URL
     * @param expiresAt the time when the link expires
     */
    record PasswordResetLink(String token, String link, Instant expiresAt) {

        @Override
        public String toString() {
            return "PasswordResetLink[hidden]";
        }

    }

    /**
     * Request to reset a password.
     *
     * @param token the token of the link
     * @param newPassword the new password
     */
    record PasswordReset(@Nullable String token, @Nullable String newPassword) {

        @Override
        public String toString() {
            return "PasswordReset[hidden]";
        }

    }

}
