package pregao.session.login;

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

import pregao.http.problem.Fields;
import pregao.http.problem.Trouble;
import pregao.http.problem.TroubleException;
import pregao.session.access.Caller;
import pregao.session.access.Person;
import pregao.session.event.EventKind;
import pregao.session.event.EventLog;
import pregao.session.limit.Attempts;
import pregao.session.limit.Guess;
import pregao.session.password.PasswordRules;
import pregao.session.password.Passwords;
import pregao.session.token.OpaqueToken;
import pregao.session.user.Account;
import pregao.session.user.People;

/**
 * Another password for who has forgotten it: an admin makes a link, whoever has it uses
 * it once. A link is 256 random bits, and a wrong one is nobody's: tries are counted by
 * network. A new password begins with a new count of wrong tries at logins.
 */
@RestController
class PasswordResetController {

    private static final int LONGEST = 256;

    private static final String TRY = "password reset";

    private final PasswordResets resets;

    private final People people;

    private final Passwords passwords;

    private final Logins logins;

    private final Attempts attempts;

    private final EventLog events;

    private final TransactionalOperator transactions;

    PasswordResetController(PasswordResets resets, People people, Passwords passwords, Logins logins, Attempts attempts,
            EventLog events, TransactionalOperator transactions) {
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
    @Operation(operationId = "makePasswordReset",
            summary = "Makes a link by which somebody sets another password, shown once; for admins",
            description = "The link is good for a day, once. Another one takes its place.")
    Mono<ResponseEntity<PasswordResetLink>> make(@AuthenticationPrincipal Person person, @PathVariable UUID id,
            ServerHttpRequest request) {
        OpaqueToken token = OpaqueToken.random();
        return this.people.withId(id)
            .switchIfEmpty(Mono.error(() -> Trouble.notFound().asException()))
            .flatMap((account) -> this.transactions.transactional(this.resets.put(id, token, person.id())
                .delayUntil((expires) -> this.events.add(EventKind.PASSWORD_RESET_MADE, id, person.id(),
                        Caller.of(request), ""))))
            .map((expires) -> ResponseEntity.status(HttpStatus.CREATED)
                .cacheControl(CacheControl.noStore())
                .body(new PasswordResetLink(token.text(), "/password#" + token.text(), expires)));
    }

    @PostMapping("/api/auth/password/reset")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "resetPassword",
            summary = "Sets another password by a link of an admin, and ends all logins of its person",
            description = "Codes of an authenticator app are asked for as before.")
    Mono<Void> reset(@RequestBody PasswordReset sent, ServerHttpRequest request) {
        Fields fields = new Fields();
        OpaqueToken token = new OpaqueToken(fields.text("token", sent.token(), LONGEST));
        String password = fields.text("new_password", sent.newPassword(), LONGEST);
        fields.check();
        Caller caller = Caller.of(request);
        this.attempts.take(TRY, caller);
        return this.resets.find(token)
            .flatMap(this.people::withId)
            .switchIfEmpty(Mono.error(PasswordResetController::over))
            .doOnNext((account) -> check(password, account))
            .flatMap((account) -> this.passwords.encode(password)
                .flatMap((hash) -> this.transactions
                    .transactional(set(token, hash, caller).then(this.attempts.forget(Guess.LOGIN, account.email())))))
            .doOnSuccess((done) -> this.attempts.giveBack(TRY, caller));
    }

    private Mono<Void> set(OpaqueToken token, String hash, Caller caller) {
        return this.resets.take(token)
            .switchIfEmpty(Mono.error(PasswordResetController::over))
            .flatMap((id) -> this.people.setPassword(id, hash)
                .then(this.logins.endAll(id, "password"))
                .then(this.events.own(EventKind.PASSWORD_CHANGED, id, caller, "by a link")));
    }

    private static void check(String password, Account account) {
        Fields fields = new Fields();
        PasswordRules.check(fields, "new_password", password, account.email());
        fields.check();
    }

    private static TroubleException over() {
        return Trouble.refused("reset-over", "The link is over or was used: ask an admin for another one")
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
