package pregao.session.identity.user;

import java.util.Set;
import java.util.UUID;

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
import pregao.session.identity.token.OpaqueToken;
import pregao.webapi.problem.ProblemDefinition;

/**
 * What is done to people who are there.
 */
@Component
public class UserAdministrationService {

    private final UserRepository people;

    private final InvitationRepository invitations;

    private final PasswordHasher passwords;

    private final LoginRateLimiter attempts;

    private final AuditLog events;

    private final TransactionalOperator transactions;

    UserAdministrationService(UserRepository people, InvitationRepository invitations, PasswordHasher passwords,
            LoginRateLimiter attempts, AuditLog events, TransactionalOperator transactions) {
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
    public Mono<UserAccount> reauthenticate(UUID id, String password, ClientInfo caller) {
        return this.attempts
            .guess(GuessTarget.PASSWORD, id.toString(), caller,
                    this.people.withId(id)
                        .filterWhen((account) -> this.passwords.matches(password, account.password())))
            .switchIfEmpty(Mono
                .error(() -> ProblemDefinition.unauthorized("wrong-password", "The password is wrong").asException()));
    }

    Mono<UserController.InvitationResponse> invite(UUID request, Role role, UUID by, ClientInfo caller) {
        OpaqueToken invitation = OpaqueToken.random();
        return this.transactions.transactional(this.invitations.add(invitation, request, role, by)
            .switchIfEmpty(Mono.error(() -> ProblemDefinition
                .conflict("invitation-made", "An invitation was made with this Idempotency-Key and was shown once")
                .asException()))
            .delayUntil((expires) -> this.events.add(AuditEventType.INVITED, null, by, caller, role.text()))
            .map((expires) -> new UserController.InvitationResponse(invitation.text(), role.text(), expires)));
    }

    Mono<UserAccount> setRoles(UUID id, Set<Role> roles, UUID by, ClientInfo caller) {
        return this.transactions.transactional(
                this.people.otherAdmins(id)
                    .flatMap(
                            (others) -> (others == 0 && !roles.contains(Role.ADMIN)) ? this.people.withId(id)
                                .filter((account) -> !account.roles().contains(Role.ADMIN))
                                .switchIfEmpty(Mono.error(() -> ProblemDefinition
                                    .conflict("last-admin", "Somebody must run the installation")
                                    .asException())) : this.people.withId(id))
                    .switchIfEmpty(Mono.error(() -> ProblemDefinition.notFound().asException()))
                    .flatMap((account) -> this.people.setRoles(id, roles)
                        .then(this.events.add(AuditEventType.ROLES_CHANGED, id, by, caller,
                                String.join(" ", Role.texts(roles))))
                        .then(this.people.withId(id))));
    }

}
