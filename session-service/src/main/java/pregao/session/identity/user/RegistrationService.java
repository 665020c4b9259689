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

    private static final String TRY = "register";

    private final UserRepository people;

    private final InvitationRepository invitations;

    private final PasswordHasher passwords;

    private final AuditLog events;

    private final LoginRateLimiter attempts;

    private final TransactionalOperator transactions;

    private final RegistrationProperties settings;

    private final Clock clock;

    RegistrationService(UserRepository people, InvitationRepository invitations, PasswordHasher passwords,
            AuditLog events, LoginRateLimiter attempts, TransactionalOperator transactions,
            RegistrationProperties settings, Clock clock) {
        this.people = people;
        this.invitations = invitations;
        this.passwords = passwords;
        this.events = events;
        this.attempts = attempts;
        this.transactions = transactions;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Makes a person, unless there is one with the address.
     * @param email in its one form
     * @param password a good one
     * @param invitation as sent
     * @param caller from where
     * @return when it is done
     */
    Mono<Void> register(String email, String password, @Nullable OpaqueToken invitation, ClientInfo caller) {
        this.attempts.take(TRY, caller);
        return this.passwords.encode(password)
            .flatMap((hash) -> this.transactions.transactional(add(email, hash, invitation, caller)))
            .doOnSuccess((done) -> {
                if (invitation != null) {
                    this.attempts.giveBack(TRY, caller);
                }
            });
    }

    private Mono<Void> add(String email, String hash, @Nullable OpaqueToken invitation, ClientInfo caller) {
        UUID id = UUID.randomUUID();
        return role(invitation).flatMap((role) -> this.people.add(id, email, hash, Set.of(role), this.clock.instant()))
            .flatMap((added) -> this.people.withEmail(email)
                .delayUntil((account) -> added ? this.events.own(AuditEventType.REGISTERED, id, caller, "")
                        : this.events.add(AuditEventType.REGISTERED_AGAIN, account.id(), null, caller, "")))
            .flatMap(
                    (account) -> (invitation != null) ? this.invitations.take(invitation, account.id()) : Mono.empty());
    }

    private Mono<Role> role(@Nullable OpaqueToken invitation) {
        if (invitation == null && this.settings.registration() == RegistrationProperties.Registration.OPEN) {
            return Mono.just(Role.TRADER);
        }
        Mono<Role> invited = (invitation != null) ? this.invitations.find(invitation) : Mono.empty();
        return invited.switchIfEmpty(Mono.error(() -> ProblemDefinition
            .invalidFields(List.of(new FieldViolation("invitation", "an invitation that is good and was not taken")))
            .asException()));
    }

}
