package pregao.session.user;

import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

import pregao.session.access.Caller;
import pregao.session.access.Role;
import pregao.session.event.EventKind;
import pregao.session.event.EventLog;
import pregao.session.limit.Attempts;
import pregao.session.password.Passwords;
import pregao.http.problem.FieldError;
import pregao.http.problem.Trouble;
import pregao.session.token.OpaqueToken;

/**
 * Makes new people. Whoever registers hears the same, and the same work is done, whether
 * the address was free or is somebody's: a free one is a new person, one that is taken
 * keeps its password, and its person sees in their events that somebody has tried. An
 * invitation is used up either way, so that it does not tell of one address after
 * another. Without a mail that only the owner of an address reads, the login that follows
 * tells the two cases apart; it is counted as a try.
 */
@Component
class Registration {

    private static final String TRY = "register";

    private final People people;

    private final Invitations invitations;

    private final Passwords passwords;

    private final EventLog events;

    private final Attempts attempts;

    private final TransactionalOperator transactions;

    private final SessionSettings settings;

    private final Clock clock;

    Registration(People people, Invitations invitations, Passwords passwords, EventLog events, Attempts attempts,
            TransactionalOperator transactions, SessionSettings settings, Clock clock) {
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
    Mono<Void> register(String email, String password, @Nullable OpaqueToken invitation, Caller caller) {
        this.attempts.take(TRY, caller);
        return this.passwords.encode(password)
            .flatMap((hash) -> this.transactions.transactional(add(email, hash, invitation, caller)))
            .doOnSuccess((done) -> {
                if (invitation != null) {
                    this.attempts.giveBack(TRY, caller);
                }
            });
    }

    private Mono<Void> add(String email, String hash, @Nullable OpaqueToken invitation, Caller caller) {
        UUID id = UUID.randomUUID();
        return role(invitation).flatMap((role) -> this.people.add(id, email, hash, Set.of(role), this.clock.instant()))
            .flatMap((added) -> this.people.withEmail(email)
                .delayUntil((account) -> added ? this.events.own(EventKind.REGISTERED, id, caller, "")
                        : this.events.add(EventKind.REGISTERED_AGAIN, account.id(), null, caller, "")))
            .flatMap(
                    (account) -> (invitation != null) ? this.invitations.take(invitation, account.id()) : Mono.empty());
    }

    private Mono<Role> role(@Nullable OpaqueToken invitation) {
        if (invitation == null && this.settings.registration() == SessionSettings.Registration.OPEN) {
            return Mono.just(Role.TRADER);
        }
        Mono<Role> invited = (invitation != null) ? this.invitations.find(invitation) : Mono.empty();
        return invited.switchIfEmpty(Mono.error(() -> Trouble
            .invalid(List.of(new FieldError("invitation", "an invitation that is good and was not taken")))
            .asException()));
    }

}
