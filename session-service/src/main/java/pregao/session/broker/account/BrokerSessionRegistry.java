package pregao.session.broker.account;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

import pregao.contracts.session.BrokerSessionEventType;
import pregao.session.broker.api.BrokerSession;
import pregao.session.broker.api.LoginResult;
import pregao.session.broker.ownership.Ownership;
import pregao.webapi.problem.ProblemDefinition;
import pregao.webapi.problem.ProblemException;

/**
 * The sessions at brokers that this replica speaks for. Others get their sessions here.
 */
@Component
public class BrokerSessionRegistry {

    /** Until it is written nobody could have the account. */
    private static final Retry UNTIL_WRITTEN = Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(200))
        .maxBackoff(Duration.ofSeconds(30));

    private final Map<UUID, ManagedBrokerSession> byId = new ConcurrentHashMap<>();

    private final Map<UUID, Mono<ManagedBrokerSession>> opening = new ConcurrentHashMap<>();

    private final BrokerAccountRepository accounts;

    private final CredentialEncryptor secrets;

    private final BrokerRegistry brokers;

    private final Ownership ownership;

    private final SessionStateRecorder books;

    private final PendingTwoFactorLogins steps;

    private final ApplicationEventPublisher events;

    BrokerSessionRegistry(BrokerAccountRepository accounts, CredentialEncryptor secrets, BrokerRegistry brokers,
            Ownership ownership, SessionStateRecorder books, PendingTwoFactorLogins steps,
            ApplicationEventPublisher events) {
        this.accounts = accounts;
        this.secrets = secrets;
        this.brokers = brokers;
        this.ownership = ownership;
        this.books = books;
        this.steps = steps;
        this.events = events;
    }

    /**
     * An account that this replica speaks for; it begins to do so where nobody does.
     * @param id which
     * @return fails with 404 where there is no such account, 503 where another replica
     * has it, 409 where its person must log in at the broker, or give the code that it
     * has sent
     */
    public Mono<ManagedBrokerSession> of(UUID id) {
        ManagedBrokerSession there = this.byId.get(id);
        if (there != null && there.state() == BrokerSessionEventType.CODE_WANTED) {
            return Mono.error(() -> this.steps.wanted(there.account()));
        }
        return (there != null) ? Mono.just(there) : this.opening.computeIfAbsent(id,
                (uuid) -> claimed(uuid).doFinally((signal) -> this.opening.remove(uuid)).cache());
    }

    /** Whether the broker is asked again after it said no is the person's to say. */
    private Mono<ManagedBrokerSession> claimed(UUID id) {
        return this.accounts.withId(id)
            .switchIfEmpty(Mono.error(() -> ProblemDefinition.notFound().asException()))
            .flatMap((account) -> (account.state() != BrokerSessionEventType.SIGNED_OUT) ? Mono.just(account)
                    : Mono.error(() -> notLetIn(account)))
            .zipWhen((account) -> this.accounts.credentials(id).switchIfEmpty(Mono.error(() -> notLetIn(account))))
            .flatMap((found) -> owned(found.getT1()).map((account) -> begun(account, found.getT2())))
            .switchIfEmpty(Mono.defer(() -> Mono.justOrEmpty(this.byId.get(id))))
            .switchIfEmpty(Mono
                .error(() -> ProblemDefinition.unavailable("Another replica speaks for the account").asException()));
    }

    private Mono<BrokerAccount> owned(BrokerAccount account) {
        if (this.ownership.isOwned(account.id(), account.epoch())) {
            return Mono.just(account);
        }
        return this.ownership.claim(account.id()).map((epoch) -> account.owned(this.ownership.id(), epoch));
    }

    private ProblemException notLetIn(BrokerAccount account) {
        boolean codeWanted = account.state() == BrokerSessionEventType.CODE_WANTED
                || this.steps.of(account.id()).isPresent();
        return codeWanted ? this.steps.wanted(account) : signedOut();
    }

    private static ProblemException signedOut() {
        return ProblemDefinition
            .conflict("signed-out",
                    "The broker does not accept what lets you in: check there what the account's reason says, then "
                            + "connect the account again, with {} to try what is kept")
            .asException();
    }

    /**
     * What this replica has of an account already.
     * @param id which
     * @return empty where it has nothing
     */
    public Optional<ManagedBrokerSession> known(UUID id) {
        return Optional.ofNullable(this.byId.get(id));
    }

    /**
     * All accounts that this replica speaks for.
     * @return a view
     */
    public Collection<ManagedBrokerSession> all() {
        return this.byId.values();
    }

    /**
     * Opens the session of an account that this replica has come to own.
     * @param id which
     * @param epoch of the ownership
     * @return when it is on its way
     */
    Mono<Void> gained(UUID id, long epoch) {
        return this.accounts.withId(id)
            .zipWith(this.accounts.credentials(id))
            .doOnNext((found) -> begun(found.getT1().owned(this.ownership.id(), epoch), found.getT2()))
            .then();
    }

    private ManagedBrokerSession begun(BrokerAccount account, byte[] sealed) {
        ManagedBrokerSession open = put(account);
        open.open(this.brokers.named(account.broker())
            .map((brokerDefinition) -> Mono.fromSupplier(() -> this.secrets.open(account.id(), sealed))
                .flatMap(brokerDefinition.broker()::connect)
                .onErrorResume(RuntimeException.class,
                        (failure) -> Mono.fromSupplier(() -> this.books.notTried(account, failure))))
            .orElseGet(() -> Mono.just(new LoginResult.Refused(LoginResult.Reason.UNREACHABLE,
                    "the broker is not set up any more", null))));
        return open;
    }

    /**
     * Goes on with a session that its person has just opened.
     * @param account whose, as this replica owns it
     * @param session the session
     * @return when it is taken; an earlier one is closed
     */
    Mono<Void> adopt(BrokerAccount account, BrokerSession session) {
        return put(account).adoptTold(session);
    }

    private ManagedBrokerSession put(BrokerAccount account) {
        ManagedBrokerSession open = new ManagedBrokerSession(account,
                (managedBrokerSession, happened) -> this.books.note(managedBrokerSession, happened, this),
                (session) -> this.events.publishEvent(new SessionOpenedEvent(account, session)));
        ManagedBrokerSession before = this.byId.put(account.id(), open);
        if (before != null) {
            this.books.background(before.cut());
        }
        return open;
    }

    /**
     * Ends a session that is not ours any more.
     * @param id whose
     * @return when it is closed
     */
    Mono<Void> lost(UUID id) {
        ManagedBrokerSession open = this.byId.remove(id);
        return (open != null) ? open.cut() : Mono.empty();
    }

    /**
     * Lets go of an account: nobody speaks for it until somebody needs it.
     * @param open which
     * @param change what is told of it
     * @param reason in words for its person
     * @return when it is done
     */
    Mono<Void> rest(ManagedBrokerSession open, BrokerSessionEventType change, String reason) {
        BrokerAccount account = open.account();
        if (!this.byId.remove(account.id(), open)) {
            return Mono.empty();
        }
        this.ownership.release(account.id());
        return open.cut().then(this.accounts.rest(account, change, reason).retryWhen(UNTIL_WRITTEN)).then();
    }

}
