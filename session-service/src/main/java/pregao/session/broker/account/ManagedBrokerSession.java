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
 * The session of one account, from the moment this replica speaks for it: on the way,
 * open, lost and back again, until it ends.
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
     * Whose it is, and under which epoch this replica speaks for it.
     * @return as it was when it began
     */
    public BrokerAccount account() {
        return this.account;
    }

    /**
     * How it is.
     * @return what happened last
     */
    public BrokerSessionEventType state() {
        return Objects.requireNonNullElse(this.state.get(), BrokerSessionEventType.LOST);
    }

    /**
     * The session, as soon as it was open once.
     * @return fails where it does not open in time, or cannot
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
     * The session, if it was open already; who only looks does not keep it from being
     * idle.
     * @return empty where it was not
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
     * Opens it with what was kept, for as long as that takes.
     * @param login one attempt
     */
    void open(Mono<LoginResult> login) {
        Mono<Void> opening = login.flatMap((result) -> switch (result) {
            case LoginResult.Open(BrokerSession session) -> Mono.defer(() -> adopt(session));
            case LoginResult.CodeRequired codeRequired ->
                endWith(BrokerSessionEventType.CODE_WANTED, "the broker wants a code", codeRequired);
            case LoginResult.Refused refused -> onRefused(refused);
        }).retryWhen(this.loginRetry).then();
        // Cut in the middle, a session would be left open that nobody knows.
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
     * Goes on with a session that is open, as its person was told.
     * @param session the session
     * @return when it is taken
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

    /** Between this and the cut, no session is left open that nobody knows. */
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
     * What happened last and could not be written, once.
     * @return null where all is written, or something else has happened since
     */
    @Nullable SessionTransition pollUnwritten() {
        SessionTransition transition = this.unwrittenTransition.getAndSet(null);
        return (transition != null && transition.change() == this.state.get()) ? transition : null;
    }

    /**
     * What lets the person in again, where that is other than what was kept.
     * @return null where nothing is to be kept
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
     * Ends it, without telling anybody.
     * @return when the connection is gone
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
     * What happened to it.
     *
     * @param before how it was, or null at the beginning
     * @param change how it is
     * @param reason in words for its person
     * @param wanted with which a code can be given, or null
     */
    record SessionTransition(@Nullable BrokerSessionEventType before, BrokerSessionEventType change, String reason,
            LoginResult.@Nullable CodeRequired wanted) {

    }

    /**
     * Not let in this time.
     */
    @SuppressWarnings("serial")
    private static final class LoginRejectedException extends RuntimeException {

        LoginRejectedException(String message) {
            super(message, null, false, false);
        }

    }

}
