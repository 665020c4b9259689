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
 * The broker sessions of the accounts that this replica owns. Other packages get their
 * sessions here.
 */
@Component
public class BrokerSessionRegistry {

    /**
     * Retries without a limit, because until the release is written no replica can own
     * the account.
     */
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
     * Returns the session of an account that this replica owns. Claims the account first
     * if no live replica owns it.
     * @param id the ID of the account
     * @return the session, or an error: 404 if the account does not exist, 503 if another
     * replica owns it, 409 if the user must log in at the broker or submit the login code
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

    /**
     * Claims the account and starts its session. After the broker has rejected the
     * credentials, only the user decides on another login.
     */
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
     * Finds the session of an account on this replica.
     * @param id the ID of the account
     * @return the session, or empty if this replica has none
     */
    public Optional<ManagedBrokerSession> find(UUID id) {
        return Optional.ofNullable(this.sessions.get(id));
    }

    /**
     * Returns the sessions of all accounts that this replica owns.
     * @return a live view
     */
    public Collection<ManagedBrokerSession> getAll() {
        return this.sessions.values();
    }

    /**
     * Starts the session of an account that this replica has taken over.
     * @param id the ID of the account
     * @param epoch the epoch of the ownership
     * @return completes when the login has started
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
     * Registers a session that the user has just opened.
     * @param account the account with its owner and epoch
     * @param session the open session
     * @return completes when the session is registered; a previous session is closed
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
     * Removes and closes the session of an account that this replica no longer owns.
     * @param id the ID of the account
     * @return completes when the session is closed
     */
    Mono<Void> remove(UUID id) {
        ManagedBrokerSession managedSession = this.sessions.remove(id);
        return (managedSession != null) ? managedSession.close() : Mono.empty();
    }

    /**
     * Closes a session and releases its account, which then has no owner until it is
     * needed.
     * @param managedSession the session
     * @param change the new state
     * @param reason the reason, for the user
     * @return completes when the release is written
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
