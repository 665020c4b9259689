package pregao.session.broker.account;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.retry.Retry;

import pregao.contracts.session.BrokerSessionEventType;
import pregao.session.broker.api.BackgroundTasks;
import pregao.session.broker.api.BrokerSession;
import pregao.session.broker.api.Credentials;
import pregao.session.broker.api.LoginResult;
import pregao.session.broker.api.SessionState;
import pregao.webapi.problem.ProblemDefinition;

/**
 * The session of one account from when this replica owns the account until the session
 * ends. It logs in, reconnects, and reports each state.
 */
public final class ManagedBrokerSession {

    private static final Logger log = LoggerFactory.getLogger(ManagedBrokerSession.class);

    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(8);

    private final Retry loginRetry = Retry.backoff(Long.MAX_VALUE, Duration.ofSeconds(1))
        .maxBackoff(Duration.ofSeconds(30))
        .jitter(0.5)
        .filter((failure) -> failure instanceof LoginRejectedException && !isEnded());

    private final UsageTracker usage = new UsageTracker();

    private final BackgroundTasks backgroundTasks = new BackgroundTasks();

    private final Sinks.One<BrokerSession> openedSession = Sinks.one();

    private final AtomicReference<@Nullable BrokerSessionEventType> state = new AtomicReference<>();

    private final BrokerAccount account;

    private final BiFunction<ManagedBrokerSession, SessionTransition, Mono<Void>> transitionListener;

    private final Consumer<BrokerSession> onOpened;

    private final AtomicReference<@Nullable SessionTransition> unwrittenTransition = new AtomicReference<>();

    private volatile @Nullable BrokerSession session;

    private volatile @Nullable Credentials storedCredentials;

    private volatile boolean ended;

    ManagedBrokerSession(BrokerAccount account,
            BiFunction<ManagedBrokerSession, SessionTransition, Mono<Void>> transitionListener,
            Consumer<BrokerSession> onOpened) {
        this.account = account;
        this.onOpened = onOpened;
        this.transitionListener = transitionListener;
    }

    /**
     * Returns the account with the owner and epoch at the start of the session.
     * @return the account as it was then
     */
    public BrokerAccount account() {
        return this.account;
    }

    /**
     * Returns the state of the session.
     * @return the latest state
     */
    public BrokerSessionEventType state() {
        return Objects.requireNonNullElse(this.state.get(), BrokerSessionEventType.LOST);
    }

    /**
     * Returns the session when it has been opened once. Counts as usage.
     * @return the session; an error if it does not open within the timeout or has ended
     */
    public Mono<BrokerSession> awaitSession() {
        this.usage.touch();
        BrokerSession current = this.session;
        return (current != null) ? Mono.just(new UsageTrackingSession(current, this.usage)) : this.openedSession
            .asMono()
            .<BrokerSession>map((opened) -> new UsageTrackingSession(opened, this.usage))
            .timeout(REQUEST_TIMEOUT, Mono
                .error(() -> ProblemDefinition.unavailable("The broker has not let the session in yet").asException()));
    }

    /**
     * Returns the session if it has been opened, without counting as usage.
     * @return the session, or empty if it has not been opened
     */
    Mono<BrokerSession> findSession() {
        return Mono.justOrEmpty(this.session).map((current) -> new UsageTrackingSession(current, this.usage));
    }

    int activeUses() {
        return this.usage.activeUses();
    }

    boolean isIdle(Duration timeout) {
        return this.usage.isIdleFor(timeout);
    }

    /**
     * Opens the session with the stored credentials and retries as long as necessary.
     * @param login a single login attempt
     */
    void open(Mono<LoginResult> login) {
        Mono<Void> opening = login.flatMap((result) -> switch (result) {
            case LoginResult.Open(BrokerSession session) -> Mono.defer(() -> adopt(session));
            case LoginResult.CodeRequired codeRequired ->
                endWith(BrokerSessionEventType.CODE_WANTED, "the broker wants a code", codeRequired);
            case LoginResult.Refused refused -> onRefused(refused);
        }).retryWhen(this.loginRetry).then();
        // Not one of the tasks that are canceled: a login that is interrupted midway
        // would
        // leave a session open that nothing can close.
        new BackgroundTasks().run(opening, this::logUnexpectedEnd);
    }

    private Mono<Void> onRefused(LoginResult.Refused refused) {
        return switch (refused.why()) {
            case UNREACHABLE, TOO_MANY, FORBIDDEN -> {
                Duration delay = (refused.retryAfter() != null) ? refused.retryAfter() : Duration.ZERO;
                yield transitionTo(BrokerSessionEventType.LOST, refused.message()).then(Mono.delay(delay))
                    .then(Mono.error(new LoginRejectedException(refused.message())));
            }
            case WRONG_CREDENTIALS, WRONG_CODE, SIGNED_OUT ->
                endWith(BrokerSessionEventType.SIGNED_OUT, refused.message(), null);
        };
    }

    /**
     * Adopts a session that is open and whose user already knows that it is.
     * @param session the open session
     * @return completes when the session is adopted
     */
    Mono<Void> adoptOpened(BrokerSession session) {
        this.state.set(BrokerSessionEventType.OPENED);
        return adopt(session);
    }

    private Mono<Void> adopt(BrokerSession session) {
        if (!trySetSession(session)) {
            return session.close();
        }
        this.storedCredentials = session.credentials();
        this.onOpened.accept(session);
        this.backgroundTasks.run(session.states().onBackpressureLatest().concatMap(this::onStateChanged, 1).then(),
                this::logUnexpectedEnd);
        this.openedSession.tryEmitValue(session);
        return Mono.empty();
    }

    /**
     * Sets the session unless this one has ended. Together with {@link #markEnded},
     * ensures that no session stays open unnoticed.
     */
    private synchronized boolean trySetSession(BrokerSession newSession) {
        if (!this.ended) {
            this.session = newSession;
        }
        return !this.ended;
    }

    private synchronized @Nullable BrokerSession markEnded() {
        this.ended = true;
        return this.session;
    }

    private Mono<Void> onStateChanged(SessionState sessionState) {
        return switch (sessionState) {
            case OPEN -> transitionTo(BrokerSessionEventType.OPENED, "");
            case CONNECTING -> transitionTo(BrokerSessionEventType.LOST, "the connection to the broker was lost");
            case SIGNED_OUT ->
                endWith(BrokerSessionEventType.SIGNED_OUT, "the broker does not accept the session any more", null);
            case CLOSED -> Mono.empty();
        };
    }

    private Mono<Void> transitionTo(BrokerSessionEventType next, String reason) {
        BrokerSessionEventType previous = this.state.getAndSet(next);
        return (previous == next || isEnded()) ? Mono.empty()
                : this.transitionListener.apply(this, new SessionTransition(previous, next, reason, null));
    }

    private Mono<Void> endWith(BrokerSessionEventType last, String reason,
            LoginResult.@Nullable CodeRequired codeRequired) {
        BrokerSessionEventType previous = this.state.getAndSet(last);
        if (isEnded()) {
            return Mono.empty();
        }
        this.openedSession
            .tryEmitError(ProblemDefinition.conflict(last.text().replace('_', '-'), reason).asException());
        return this.transitionListener.apply(this, new SessionTransition(previous, last, reason, codeRequired));
    }

    void setUnwritten(SessionTransition transition) {
        this.unwrittenTransition.set(transition);
    }

    /**
     * Removes and returns the latest transition that could not be written.
     * @return the transition, or null if there is none or a later one has followed
     */
    @Nullable SessionTransition pollUnwritten() {
        SessionTransition transition = this.unwrittenTransition.getAndSet(null);
        return (transition != null && transition.change() == this.state.get()) ? transition : null;
    }

    /**
     * Returns the credentials of the session if they differ from the stored ones.
     * @return the credentials, or null if there is nothing to store
     */
    @Nullable Credentials findRenewedCredentials() {
        BrokerSession current = this.session;
        Credentials credentials = (current != null) ? current.credentials() : null;
        return (credentials == null || credentials.equals(this.storedCredentials)) ? null : credentials;
    }

    void setStoredCredentials(Credentials credentials) {
        this.storedCredentials = credentials;
    }

    /**
     * Ends the session without reporting a transition.
     * @return completes when the connection is closed
     */
    Mono<Void> close() {
        BrokerSession current = markEnded();
        this.backgroundTasks.cancelAll();
        this.openedSession.tryEmitError(ProblemDefinition.unavailable("The session was closed").asException());
        return (current != null) ? current.close() : Mono.empty();
    }

    private boolean isEnded() {
        return this.ended;
    }

    private void logUnexpectedEnd(@Nullable Throwable failure) {
        if (failure != null && !isEnded()) {
            log.error("account {} at {} is not watched any more", this.account.id(), this.account.broker(), failure);
        }
    }

    /**
     * A transition of the session to another state.
     *
     * @param before the previous state, or null at the start
     * @param change the new state
     * @param reason the reason, for the user
     * @param wanted the login step that requires a code, or null
     */
    record SessionTransition(@Nullable BrokerSessionEventType before, BrokerSessionEventType change, String reason,
            LoginResult.@Nullable CodeRequired wanted) {

    }

    /**
     * A login attempt that was rejected and can be retried.
     */
    @SuppressWarnings("serial")
    private static final class LoginRejectedException extends RuntimeException {

        LoginRejectedException(String message) {
            super(message, null, false, false);
        }

    }

}
