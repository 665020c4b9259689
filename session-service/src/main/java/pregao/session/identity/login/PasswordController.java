package pregao.session.identity.login;

import java.util.Objects;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.transaction.reactive.TransactionalOperator;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

import pregao.session.identity.audit.AuditEventType;
import pregao.session.identity.audit.AuditLog;
import pregao.session.identity.password.PasswordHasher;
import pregao.session.identity.password.PasswordRules;
import pregao.session.identity.security.AuthenticatedUser;
import pregao.session.identity.security.ClientInfo;
import pregao.session.identity.user.UserAccount;
import pregao.session.identity.user.UserAdministrationService;
import pregao.session.identity.user.UserRepository;
import pregao.webapi.problem.FieldValidator;

/**
 * REST controller that changes the password of the current user.
 */
@RestController
class PasswordController {

    private final UserRepository users;

    private final UserAdministrationService administration;

    private final PasswordHasher passwordHasher;

    private final LoginRepository logins;

    private final AuditLog auditLog;

    private final TransactionalOperator transactions;

    PasswordController(UserRepository users, UserAdministrationService administration, PasswordHasher passwordHasher,
            LoginRepository logins, AuditLog auditLog, TransactionalOperator transactions) {
        this.users = users;
        this.administration = administration;
        this.passwordHasher = passwordHasher;
        this.logins = logins;
        this.auditLog = auditLog;
        this.transactions = transactions;
    }

    @PostMapping("/api/auth/password")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @SecurityRequirement(name = "token")
    @Operation(operationId = "changePassword", summary = "Changes your password and revokes your other logins")
    Mono<Void> changePassword(@AuthenticationPrincipal AuthenticatedUser user, @RequestBody ChangePasswordRequest body,
            ServerHttpRequest request) {
        ClientInfo client = ClientInfo.of(request);
        return this.administration
            .reauthenticate(user.id(), Objects.requireNonNullElse(body.currentPassword(), ""), client)
            .doOnNext((account) -> checkNewPassword(body, account))
            .flatMap((account) -> this.passwordHasher.encode(String.valueOf(body.newPassword())))
            .flatMap((hash) -> this.transactions.transactional(this.users.setPassword(user.id(), hash)
                .then(this.logins.endOthers(user.id(), user.login(), "password"))
                .then(this.auditLog.recordOwn(AuditEventType.PASSWORD_CHANGED, user.id(), client, ""))));
    }

    private static void checkNewPassword(ChangePasswordRequest body, UserAccount account) {
        FieldValidator validator = new FieldValidator();
        PasswordRules.check(validator, "new_password", body.newPassword(), account.email());
        validator.require(!String.valueOf(body.newPassword()).equals(body.currentPassword()), "new_password",
                "another one than now");
        validator.check();
    }

    /**
     * Request to change the password.
     *
     * @param currentPassword the current password
     * @param newPassword the new password
     */
    record ChangePasswordRequest(@Nullable String currentPassword, @Nullable String newPassword) {

        @Override
        public String toString() {
            return "ChangePasswordRequest[hidden]";
        }

    }

}
