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
 * Another password for who has forgotten it: an admin makes a link, whoever has it uses
 * it once. A link is 256 random bits, and a wrong one is nobody's: tries are counted by
 * network. A new password begins with a new count of wrong tries at logins.
 */
@RestController
class PasswordResetController {

    private static final int MAX_LENGTH = 256;

    private static final String TRY = "password reset";

    private final PasswordResetRepository resets;

    private final UserRepository people;

    private final PasswordHasher passwords;

    private final LoginRepository logins;

    private final LoginRateLimiter attempts;

    private final AuditLog events;

    private final TransactionalOperator transactions;

    PasswordResetController(PasswordResetRepository resets, UserRepository people, PasswordHasher passwords,
            LoginRepository logins, LoginRateLimiter attempts, AuditLog events, TransactionalOperator transactions) {
        this.resets = resets;
        this.people = people;
        this.passwords = passwords;
        this.logins = logins;
        this.attempts = attempts;
        this.events = events;
        this.transactions = transactions;
    }

    @PostMapping("/api/users/{id}/password-reset")
    @ResponseStatus(HttpStatus.CREATED)
    @SecurityRequirement(name = "token")
    @Operation(operationId = "createPasswordReset", summary = "Creates a password reset link, shown once; for admins",
            description = "The link is valid for a day, once. A new link replaces it.")
    Mono<ResponseEntity<PasswordResetLink>> make(@AuthenticationPrincipal AuthenticatedUser person,
            @PathVariable UUID id, ServerHttpRequest request) {
        OpaqueToken token = OpaqueToken.random();
        return this.people.withId(id)
            .switchIfEmpty(Mono.error(() -> ProblemDefinition.notFound().asException()))
            .flatMap((account) -> this.transactions.transactional(this.resets.put(id, token, person.id())
                .delayUntil((expires) -> this.events.add(AuditEventType.PASSWORD_RESET_MADE, id, person.id(),
                        ClientInfo.of(request), ""))))
            .map((expires) -> ResponseEntity.status(HttpStatus.CREATED)
                .cacheControl(CacheControl.noStore())
                .body(new PasswordResetLink(token.text(), "/password#" + token.text(), expires)));
    }

    @PostMapping("/api/auth/password/reset")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "resetPassword",
            summary = "Resets a password with an admin's link and revokes all logins of the user",
            description = "TOTP codes are required as before.")
    Mono<Void> reset(@RequestBody PasswordReset sent, ServerHttpRequest request) {
        FieldValidator fields = new FieldValidator();
        OpaqueToken token = new OpaqueToken(fields.text("token", sent.token(), MAX_LENGTH));
        String password = fields.text("new_password", sent.newPassword(), MAX_LENGTH);
        fields.check();
        ClientInfo caller = ClientInfo.of(request);
        this.attempts.take(TRY, caller);
        return this.resets.find(token)
            .flatMap(this.people::withId)
            .switchIfEmpty(Mono.error(PasswordResetController::over))
            .doOnNext((account) -> check(password, account))
            .flatMap((account) -> this.passwords.encode(password)
                .flatMap((hash) -> this.transactions.transactional(
                        set(token, hash, caller).then(this.attempts.forget(GuessTarget.LOGIN, account.email())))))
            .doOnSuccess((done) -> this.attempts.giveBack(TRY, caller));
    }

    private Mono<Void> set(OpaqueToken token, String hash, ClientInfo caller) {
        return this.resets.take(token)
            .switchIfEmpty(Mono.error(PasswordResetController::over))
            .flatMap((id) -> this.people.setPassword(id, hash)
                .then(this.logins.endAll(id, "password"))
                .then(this.events.own(AuditEventType.PASSWORD_CHANGED, id, caller, "by a link")));
    }

    private static void check(String password, UserAccount account) {
        FieldValidator fields = new FieldValidator();
        PasswordRules.check(fields, "new_password", password, account.email());
        fields.check();
    }

    private static ProblemException over() {
        return ProblemDefinition.unauthorized("reset-over", "The link is over or was used: ask an admin for another one")
            .asException();
    }

    /**
     * The answer.
     *
     * @param token to be sent with the new password
     * @param link the page's path, behind the address of the gateway
     * @param expiresAt until when it is good
     */
    record PasswordResetLink(String token, String link, Instant expiresAt) {

        @Override
        public String toString() {
            return "PasswordResetLink[hidden]";
        }

    }

    /**
     * What is sent.
     *
     * @param token of the link
     * @param newPassword as it shall be
     */
    record PasswordReset(@Nullable String token, @Nullable String newPassword) {

        @Override
        public String toString() {
            return "PasswordReset[hidden]";
        }

    }

}
