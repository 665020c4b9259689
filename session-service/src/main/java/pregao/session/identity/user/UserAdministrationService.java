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
import pregao.webapi.problem.ProblemException;

/**
 * Service for operations on existing users: reauthentication, invitations and roles.
 */
@Component
public class UserAdministrationService {

    private final UserRepository users;

    private final InvitationRepository invitations;

    private final PasswordHasher passwordHasher;

    private final LoginRateLimiter rateLimiter;

    private final AuditLog auditLog;

    private final TransactionalOperator transactions;

    UserAdministrationService(UserRepository users, InvitationRepository invitations, PasswordHasher passwordHasher,
            LoginRateLimiter rateLimiter, AuditLog auditLog, TransactionalOperator transactions) {
        this.users = users;
        this.invitations = invitations;
        this.passwordHasher = passwordHasher;
        this.rateLimiter = rateLimiter;
        this.auditLog = auditLog;
        this.transactions = transactions;
    }

    /**
     * Verifies the password of a logged-in user.
     * @param userId the user
     * @param password the password as sent
     * @param client the client that sent the request
     * @return the account; 401 if the password is wrong, 429 after too many attempts
     */
    public Mono<UserAccount> reauthenticate(UUID userId, String password, ClientInfo client) {
        return this.rateLimiter
            .attempt(GuessTarget.PASSWORD, userId.toString(), client,
                    this.users.findById(userId)
                        .filterWhen((account) -> this.passwordHasher.matches(password, account.password())))
            .switchIfEmpty(Mono
                .error(() -> ProblemDefinition.unauthorized("wrong-password", "The password is wrong").asException()));
    }

    Mono<UserController.InvitationResponse> invite(UUID requestId, Role role, UUID actorId, ClientInfo client) {
        OpaqueToken invitation = OpaqueToken.random();
        return this.transactions.transactional(this.invitations.add(invitation, requestId, role, actorId)
            .switchIfEmpty(Mono.error(() -> ProblemDefinition
                .conflict("invitation-made", "An invitation was made with this Idempotency-Key and was shown once")
                .asException()))
            .delayUntil((expiresAt) -> this.auditLog.record(AuditEventType.INVITED, null, actorId, client, role.text()))
            .map((expiresAt) -> new UserController.InvitationResponse(invitation.text(), role.text(), expiresAt)));
    }

    Mono<UserAccount> setRoles(UUID userId, Set<Role> roles, UUID actorId, ClientInfo client) {
        return this.transactions
            .transactional(this.users.countOtherAdmins(userId)
                .flatMap((otherAdmins) -> (otherAdmins == 0 && !roles.contains(Role.ADMIN))
                        ? this.users.findById(userId)
                            .filter((account) -> !account.roles().contains(Role.ADMIN))
                            .switchIfEmpty(Mono.error(UserAdministrationService::lastAdmin))
                        : this.users.findById(userId))
                .switchIfEmpty(Mono.error(() -> ProblemDefinition.notFound().asException()))
                .flatMap((account) -> this.users.setRoles(userId, roles)
                    .then(this.auditLog.record(AuditEventType.ROLES_CHANGED, userId, actorId, client,
                            String.join(" ", Role.toTexts(roles))))
                    .then(this.users.findById(userId))));
    }

    /** Returns the problem of a change that leaves the installation without an admin. */
    static ProblemException lastAdmin() {
        return ProblemDefinition
            .conflict("last-admin", "The installation needs an admin: give the role to another user first")
            .asException();
    }

}
