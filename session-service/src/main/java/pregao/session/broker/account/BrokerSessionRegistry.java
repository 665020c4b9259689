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
    private static final Retry RELEASE_RETRY = Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(200))
        .maxBackoff(Duration.ofSeconds(30));

    private final Map<UUID, ManagedBrokerSession> sessions = new ConcurrentHashMap<>();

    private final Map<UUID, Mono<ManagedBrokerSession>> pendingClaims = new ConcurrentHashMap<>();

    private final BrokerAccountRepository accounts;

    private final CredentialEncryptor encryptor;

    private final BrokerRegistry brokers;

    private final Ownership ownership;

    private final SessionStateRecorder recorder;

    private final PendingTwoFactorLogins pendingLogins;

    private final ApplicationEventPublisher eventPublisher;

    BrokerSessionRegistry(BrokerAccountRepository accounts, CredentialEncryptor encryptor, BrokerRegistry brokers,
            Ownership ownership, SessionStateRecorder recorder, PendingTwoFactorLogins pendingLogins,
            ApplicationEventPublisher eventPublisher) {
        this.accounts = accounts;
        this.encryptor = encryptor;
        this.brokers = brokers;
        this.ownership = ownership;
        this.recorder = recorder;
        this.pendingLogins = pendingLogins;
        this.eventPublisher = eventPublisher;
    }

    /**
     * An account that this replica speaks for; it begins to do so where nobody does.
     * @param id which
     * @return fails with 404 where there is no such account, 503 where another replica
     * has it, 409 where its person must log in at the broker, or give the code that it
     * has sent
     */
    public Mono<ManagedBrokerSession> getOrOpen(UUID id) {
        ManagedBrokerSession managedSession = this.sessions.get(id);
        if (managedSession != null && managedSession.state() == BrokerSessionEventType.CODE_WANTED) {
            return Mono.error(() -> this.pendingLogins.codeRequiredProblem(managedSession.account()));
        }
        return (managedSession != null) ? Mono.just(managedSession)
                : this.pendingClaims.computeIfAbsent(id,
                        (accountId) -> claimAndOpen(accountId)
                            .doFinally((signal) -> this.pendingClaims.remove(accountId))
                            .cache());
    }

    /** Whether the broker is asked again after it said no is the person's to say. */
    private Mono<ManagedBrokerSession> claimAndOpen(UUID id) {
        return this.accounts.findById(id)
            .switchIfEmpty(Mono.error(() -> ProblemDefinition.notFound().asException()))
            .flatMap((account) -> (account.state() != BrokerSessionEventType.SIGNED_OUT) ? Mono.just(account)
                    : Mono.error(() -> loginProblem(account)))
            .zipWhen((account) -> this.accounts.findCredentials(id)
                .switchIfEmpty(Mono.error(() -> loginProblem(account))))
            .flatMap((accountAndCredentials) -> claimOwnership(accountAndCredentials.getT1())
                .map((account) -> startSession(account, accountAndCredentials.getT2())))
            .switchIfEmpty(Mono.defer(() -> Mono.justOrEmpty(this.sessions.get(id))))
            .switchIfEmpty(Mono
                .error(() -> ProblemDefinition.unavailable("Another replica speaks for the account").asException()));
    }

    private Mono<BrokerAccount> claimOwnership(BrokerAccount account) {
        if (this.ownership.isOwned(account.id(), account.epoch())) {
            return Mono.just(account);
        }
        return this.ownership.claim(account.id()).map((epoch) -> account.withOwner(this.ownership.id(), epoch));
    }

    private ProblemException loginProblem(BrokerAccount account) {
        boolean codeRequired = account.state() == BrokerSessionEventType.CODE_WANTED
                || this.pendingLogins.find(account.id()).isPresent();
        return codeRequired ? this.pendingLogins.codeRequiredProblem(account) : signedOutProblem();
    }

    private static ProblemException signedOutProblem() {
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
    public Optional<ManagedBrokerSession> find(UUID id) {
        return Optional.ofNullable(this.sessions.get(id));
    }

    /**
     * All accounts that this replica speaks for.
     * @return a view
     */
    public Collection<ManagedBrokerSession> getAll() {
        return this.sessions.values();
    }

    /**
     * Opens the session of an account that this replica has come to own.
     * @param id which
     * @param epoch of the ownership
     * @return when it is on its way
     */
    Mono<Void> openGained(UUID id, long epoch) {
        return this.accounts.findById(id)
            .zipWith(this.accounts.findCredentials(id))
            .doOnNext((accountAndCredentials) -> startSession(
                    accountAndCredentials.getT1().withOwner(this.ownership.id(), epoch), accountAndCredentials.getT2()))
            .then();
    }

    private ManagedBrokerSession startSession(BrokerAccount account, byte[] encrypted) {
        ManagedBrokerSession managedSession = register(account);
        managedSession.open(this.brokers.findByName(account.broker())
            .map((broker) -> Mono.fromSupplier(() -> this.encryptor.decrypt(account.id(), encrypted))
                .flatMap(broker.broker()::connect)
                .onErrorResume(RuntimeException.class,
                        (failure) -> Mono.fromSupplier(() -> this.recorder.toRefused(account, failure))))
            .orElseGet(() -> Mono.just(new LoginResult.Refused(LoginResult.Reason.UNREACHABLE,
                    "the broker is not set up any more", null))));
        return managedSession;
    }

    /**
     * Goes on with a session that its person has just opened.
     * @param account whose, as this replica owns it
     * @param session the session
     * @return when it is taken; an earlier one is closed
     */
    Mono<Void> adopt(BrokerAccount account, BrokerSession session) {
        return register(account).adoptOpened(session);
    }

    private ManagedBrokerSession register(BrokerAccount account) {
        ManagedBrokerSession managedSession = new ManagedBrokerSession(account,
                (changedSession, transition) -> this.recorder.record(changedSession, transition, this),
                (session) -> this.eventPublisher.publishEvent(new SessionOpenedEvent(account, session)));
        ManagedBrokerSession previous = this.sessions.put(account.id(), managedSession);
        if (previous != null) {
            this.recorder.runInBackground(previous.close());
        }
        return managedSession;
    }

    /**
     * Ends a session that is not ours any more.
     * @param id whose
     * @return when it is closed
     */
    Mono<Void> remove(UUID id) {
        ManagedBrokerSession managedSession = this.sessions.remove(id);
        return (managedSession != null) ? managedSession.close() : Mono.empty();
    }

    /**
     * Lets go of an account: nobody speaks for it until somebody needs it.
     * @param managedSession which
     * @param change what is told of it
     * @param reason in words for its person
     * @return when it is done
     */
    Mono<Void> release(ManagedBrokerSession managedSession, BrokerSessionEventType change, String reason) {
        BrokerAccount account = managedSession.account();
        if (!this.sessions.remove(account.id(), managedSession)) {
            return Mono.empty();
        }
        this.ownership.release(account.id());
        return managedSession.close()
            .then(this.accounts.release(account, change, reason).retryWhen(RELEASE_RETRY))
            .then();
    }

}
