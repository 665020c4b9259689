package pregao.session.login;

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

import pregao.session.access.Caller;
import pregao.session.access.Person;
import pregao.session.event.EventKind;
import pregao.session.event.EventLog;
import pregao.session.password.PasswordRules;
import pregao.session.password.Passwords;
import pregao.http.problem.Fields;
import pregao.session.user.Account;
import pregao.session.user.Administration;
import pregao.session.user.People;

/**
 * {@code POST /api/auth/password}.
 */
@RestController
class PasswordController {

    private final People people;

    private final Administration administration;

    private final Passwords passwords;

    private final Logins logins;

    private final EventLog events;

    private final TransactionalOperator transactions;

    PasswordController(People people, Administration administration, Passwords passwords, Logins logins,
            EventLog events, TransactionalOperator transactions) {
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
    @Operation(operationId = "changePassword", summary = "Changes your password and ends all your other logins")
    Mono<Void> change(@AuthenticationPrincipal Person person, @RequestBody Change change, ServerHttpRequest request) {
        Caller caller = Caller.of(request);
        return this.administration.prove(person.id(), Objects.requireNonNullElse(change.currentPassword(), ""), caller)
            .doOnNext((account) -> check(change, account))
            .flatMap((account) -> this.passwords.encode(String.valueOf(change.newPassword())))
            .flatMap((hash) -> this.transactions.transactional(this.people.setPassword(person.id(), hash)
                .then(this.logins.endOthers(person.id(), person.login(), "password"))
                .then(this.events.own(EventKind.PASSWORD_CHANGED, person.id(), caller, ""))));
    }

    private static void check(Change change, Account account) {
        Fields fields = new Fields();
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
    record Change(@Nullable String currentPassword, @Nullable String newPassword) {

        @Override
        public String toString() {
            return "Change[hidden]";
        }

    }

}
