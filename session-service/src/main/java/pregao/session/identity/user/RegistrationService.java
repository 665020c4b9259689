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
 * Makes new people. Whoever registers hears the same, and the same work is done, whether
 * the address was free or is somebody's: a free one is a new person, one that is taken
 * keeps its password, and its person sees in their events that somebody has tried. An
 * invitation is used up either way, so that it does not tell of one address after
 * another. Without a mail that only the owner of an address reads, the login that follows
 * tells the two cases apart; it is counted as a try.
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
     * Makes a person, unless there is one with the address.
     * @param email in its one form
     * @param password a good one
     * @param invitation as sent
     * @param client from where
     * @return when it is done
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
