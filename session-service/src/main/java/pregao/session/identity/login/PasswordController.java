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
 * {@code POST /api/auth/password}.
 */
@RestController
class PasswordController {

    private final UserRepository people;

    private final UserAdministrationService administration;

    private final PasswordHasher passwords;

    private final LoginRepository logins;

    private final AuditLog events;

    private final TransactionalOperator transactions;

    PasswordController(UserRepository people, UserAdministrationService administration, PasswordHasher passwords,
            LoginRepository logins, AuditLog events, TransactionalOperator transactions) {
        this.people = people;
        this.administration = administration;
        this.passwords = passwords;
        this.logins = logins;
        this.events = events;
        this.transactions = transactions;
    }

    @PostMapping("/api/auth/password")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @SecurityRequirement(name = "token")
    @Operation(operationId = "changePassword", summary = "Changes your password and revokes your other logins")
    Mono<Void> change(@AuthenticationPrincipal AuthenticatedUser person, @RequestBody ChangePasswordRequest change,
            ServerHttpRequest request) {
        ClientInfo caller = ClientInfo.of(request);
        return this.administration
            .reauthenticate(person.id(), Objects.requireNonNullElse(change.currentPassword(), ""), caller)
            .doOnNext((account) -> check(change, account))
            .flatMap((account) -> this.passwords.encode(String.valueOf(change.newPassword())))
            .flatMap((hash) -> this.transactions.transactional(this.people.setPassword(person.id(), hash)
                .then(this.logins.endOthers(person.id(), person.login(), "password"))
                .then(this.events.own(AuditEventType.PASSWORD_CHANGED, person.id(), caller, ""))));
    }

    private static void check(ChangePasswordRequest change, UserAccount account) {
        FieldValidator fields = new FieldValidator();
        PasswordRules.check(fields, "new_password", change.newPassword(), account.email());
        fields.require(!String.valueOf(change.newPassword()).equals(change.currentPassword()), "new_password",
                "another one than now");
        fields.check();
    }

    /**
     * What is sent.
     *
     * @param currentPassword as it is
     * @param newPassword as it shall be
     */
    record ChangePasswordRequest(@Nullable String currentPassword, @Nullable String newPassword) {

        @Override
        public String toString() {
            return "ChangePasswordRequest[hidden]";
        }

    }

}
