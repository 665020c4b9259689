package pregao.session.identity.user;

import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

import pregao.session.identity.audit.AuditEventType;
import pregao.session.identity.audit.AuditLog;
import pregao.session.identity.password.PasswordHasher;
import pregao.session.identity.ratelimit.LoginRateLimiter;
import pregao.session.identity.security.ClientInfo;
import pregao.session.identity.security.Role;
import pregao.session.identity.token.OpaqueToken;
import pregao.webapi.problem.FieldViolation;
import pregao.webapi.problem.ProblemDefinition;

/**
 * Service that registers users. The response and the work are the same whether the email
 * address is free or registered. If it is registered, the user keeps the password, and
 * the user's audit events show the attempt. An invitation is used up in both cases, so
 * that it cannot test one address after another. Because no confirmation email is sent,
 * the login that follows tells the two cases apart; it is counted as an attempt.
 */
@Component
class RegistrationService {

    private static final String ATTEMPT_ACCOUNT = "register";

    private final UserRepository users;

    private final InvitationRepository invitations;

    private final PasswordHasher passwordHasher;

    private final AuditLog auditLog;

    private final LoginRateLimiter rateLimiter;

    private final TransactionalOperator transactions;

    private final RegistrationProperties settings;

    private final Clock clock;

    RegistrationService(UserRepository users, InvitationRepository invitations, PasswordHasher passwordHasher,
            AuditLog auditLog, LoginRateLimiter rateLimiter, TransactionalOperator transactions,
            RegistrationProperties settings, Clock clock) {
        this.users = users;
        this.invitations = invitations;
        this.passwordHasher = passwordHasher;
        this.auditLog = auditLog;
        this.rateLimiter = rateLimiter;
        this.transactions = transactions;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Creates a user unless the email address is registered.
     * @param email the normalized email address
     * @param password a valid password
     * @param invitation the invitation as sent
     * @param client the client that sent the request
     * @return completes when the registration is done
     */
    Mono<Void> register(String email, String password, @Nullable OpaqueToken invitation, ClientInfo client) {
        this.rateLimiter.consume(ATTEMPT_ACCOUNT, client);
        return this.passwordHasher.encode(password)
            .flatMap((passwordHash) -> this.transactions
                .transactional(createUser(email, passwordHash, invitation, client)))
            .doOnSuccess((ignored) -> {
                if (invitation != null) {
                    this.rateLimiter.restore(ATTEMPT_ACCOUNT, client);
                }
            });
    }

    private Mono<Void> createUser(String email, String passwordHash, @Nullable OpaqueToken invitation,
            ClientInfo client) {
        UUID id = UUID.randomUUID();
        return resolveRole(invitation)
            .flatMap((role) -> this.users.add(id, email, passwordHash, Set.of(role), this.clock.instant()))
            .flatMap((added) -> this.users.findByEmail(email)
                .delayUntil((account) -> added ? this.auditLog.recordOwn(AuditEventType.REGISTERED, id, client, "")
                        : this.auditLog.record(AuditEventType.REGISTERED_AGAIN, account.id(), null, client, "")))
            .flatMap((account) -> (invitation != null) ? this.invitations.markTaken(invitation, account.id())
                    : Mono.empty());
    }

    private Mono<Role> resolveRole(@Nullable OpaqueToken invitation) {
        if (invitation == null && this.settings.registration() == RegistrationProperties.Registration.OPEN) {
            return Mono.just(Role.TRADER);
        }
        Mono<Role> invitedRole = (invitation != null) ? this.invitations.findRole(invitation) : Mono.empty();
        return invitedRole.switchIfEmpty(Mono.error(() -> ProblemDefinition
            .invalidFields(List.of(new FieldViolation("invitation", "an invitation that is good and was not taken")))
            .asException()));
    }

}
