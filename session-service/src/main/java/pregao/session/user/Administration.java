package pregao.session.user;

import java.util.Set;
import java.util.UUID;

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
import pregao.session.token.OpaqueToken;

/**
 * What is done to people who are there.
 */
@Component
public class Administration {

    private final People people;

    private final Invitations invitations;

    private final Passwords passwords;

    private final Attempts attempts;

    private final EventLog events;

    private final TransactionalOperator transactions;

    Administration(People people, Invitations invitations, Passwords passwords, Attempts attempts, EventLog events,
            TransactionalOperator transactions) {
        this.people = people;
        this.invitations = invitations;
        this.passwords = passwords;
        this.attempts = attempts;
        this.events = events;
        this.transactions = transactions;
    }

    /**
     * Has somebody who is logged in show that it is still them.
     * @param id who
     * @param password as sent
     * @param caller from where
     * @return who it is; 401 where the password is wrong, 429 after too many
     */
    public Mono<Account> prove(UUID id, String password, Caller caller) {
        return this.attempts
            .guess(Guess.PASSWORD, id.toString(), caller,
                    this.people.withId(id)
                        .filterWhen((account) -> this.passwords.matches(password, account.password())))
            .switchIfEmpty(Mono.error(() -> Trouble.refused("wrong-password", "The password is wrong").asException()));
    }

    Mono<UserController.Invited> invite(UUID request, Role role, UUID by, Caller caller) {
        OpaqueToken invitation = OpaqueToken.random();
        return this.transactions.transactional(this.invitations.add(invitation, request, role, by)
            .switchIfEmpty(Mono.error(() -> Trouble
                .conflict("invitation-made", "An invitation was made with this Idempotency-Key and was shown once")
                .asException()))
            .delayUntil((expires) -> this.events.add(EventKind.INVITED, null, by, caller, role.text()))
            .map((expires) -> new UserController.Invited(invitation.text(), role.text(), expires)));
    }

    Mono<Account> setRoles(UUID id, Set<Role> roles, UUID by, Caller caller) {
        return this.transactions.transactional(this.people.otherAdmins(id)
            .flatMap((others) -> (others == 0 && !roles.contains(Role.ADMIN)) ? this.people.withId(id)
                .filter((account) -> !account.roles().contains(Role.ADMIN))
                .switchIfEmpty(Mono
                    .error(() -> Trouble.conflict("last-admin", "Somebody must run the installation").asException()))
                    : this.people.withId(id))
            .switchIfEmpty(Mono.error(() -> Trouble.notFound().asException()))
            .flatMap((account) -> this.people.setRoles(id, roles)
                .then(this.events.add(EventKind.ROLES_CHANGED, id, by, caller, String.join(" ", Role.texts(roles))))
                .then(this.people.withId(id))));
    }

}
