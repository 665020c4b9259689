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

    private final Retry again = Retry.backoff(Long.MAX_VALUE, Duration.ofSeconds(1))
        .maxBackoff(Duration.ofSeconds(30))
        .jitter(0.5)
        .filter((failure) -> failure instanceof LoginRejectedException && !isEnded());

    private final UsageTracker use = new UsageTracker();

    private final BackgroundTasks lifeline = new BackgroundTasks();

    private final Sinks.One<BrokerSession> opened = Sinks.one();

    private final AtomicReference<@Nullable BrokerSessionEventType> state = new AtomicReference<>();

    private final BrokerAccount account;

    private final BiFunction<ManagedBrokerSession, SessionTransition, Mono<Void>> listener;

    private final Consumer<BrokerSession> found;

    private final AtomicReference<@Nullable SessionTransition> unwritten = new AtomicReference<>();

    private volatile @Nullable BrokerSession session;

    private volatile @Nullable Credentials kept;

    private volatile boolean ended;

    ManagedBrokerSession(BrokerAccount account,
            BiFunction<ManagedBrokerSession, SessionTransition, Mono<Void>> listener, Consumer<BrokerSession> found) {
        this.account = account;
        this.found = found;
        this.listener = listener;
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
    public Mono<BrokerSession> session() {
        this.use.touch();
        BrokerSession there = this.session;
        return (there != null) ? Mono.just(new UsageTrackingSession(there, this.use)) : this.opened.asMono()
            .<BrokerSession>map((session) -> new UsageTrackingSession(session, this.use))
            .timeout(REQUEST_TIMEOUT, Mono
                .error(() -> ProblemDefinition.unavailable("The broker has not let the session in yet").asException()));
    }

    /**
     * The session, if it was open already; who only looks does not keep it from being
     * idle.
     * @return empty where it was not
     */
    Mono<BrokerSession> present() {
        return Mono.justOrEmpty(this.session).map((session) -> new UsageTrackingSession(session, this.use));
    }

    int readers() {
        return this.use.lasting();
    }

    boolean isIdle(Duration bound) {
        return this.use.isOverSince(bound);
    }

    /**
     * Opens it with what was kept, for as long as that takes.
     * @param login one attempt
     */
    void open(Mono<LoginResult> login) {
        Mono<Void> opening = login.flatMap((ended) -> switch (ended) {
            case LoginResult.Open(BrokerSession brokerSession) -> Mono.defer(() -> adopt(brokerSession));
            case LoginResult.CodeRequired wanted ->
                end(BrokerSessionEventType.CODE_WANTED, "the broker wants a code", wanted);
            case LoginResult.Refused refused -> refused(refused);
        }).retryWhen(this.again).then();
        // Cut in the middle, a session would be left open that nobody knows.
        new BackgroundTasks().run(opening, this::unexpected);
    }

    private Mono<Void> refused(LoginResult.Refused refused) {
        return switch (refused.why()) {
            case UNREACHABLE, TOO_MANY, FORBIDDEN -> {
                Duration wait = (refused.retryAfter() != null) ? refused.retryAfter() : Duration.ZERO;
                yield become(BrokerSessionEventType.LOST, refused.message()).then(Mono.delay(wait))
                    .then(Mono.error(new LoginRejectedException(refused.message())));
            }
            case WRONG_CREDENTIALS, WRONG_CODE, SIGNED_OUT ->
                end(BrokerSessionEventType.SIGNED_OUT, refused.message(), null);
        };
    }

    /**
     * Goes on with a session that is open, as its person was told.
     * @param session the session
     * @return when it is taken
     */
    Mono<Void> adoptTold(BrokerSession session) {
        this.state.set(BrokerSessionEventType.OPENED);
        return adopt(session);
    }

    private Mono<Void> adopt(BrokerSession session) {
        if (!isTaken(session)) {
            return session.close();
        }
        this.kept = session.credentials();
        this.found.accept(session);
        this.lifeline.run(session.states().onBackpressureLatest().concatMap(this::changed, 1).then(), this::unexpected);
        this.opened.tryEmitValue(session);
        return Mono.empty();
    }

    /** Between this and the cut, no session is left open that nobody knows. */
    private synchronized boolean isTaken(BrokerSession brokerSession) {
        if (!this.ended) {
            this.session = brokerSession;
        }
        return !this.ended;
    }

    private synchronized @Nullable BrokerSession stop() {
        this.ended = true;
        return this.session;
    }

    private Mono<Void> changed(SessionState now) {
        return switch (now) {
            case OPEN -> become(BrokerSessionEventType.OPENED, "");
            case CONNECTING -> become(BrokerSessionEventType.LOST, "the connection to the broker was lost");
            case SIGNED_OUT ->
                end(BrokerSessionEventType.SIGNED_OUT, "the broker does not accept the session any more", null);
            case CLOSED -> Mono.empty();
        };
    }

    private Mono<Void> become(BrokerSessionEventType next, String reason) {
        BrokerSessionEventType before = this.state.getAndSet(next);
        return (before == next || isEnded()) ? Mono.empty()
                : this.listener.apply(this, new SessionTransition(before, next, reason, null));
    }

    private Mono<Void> end(BrokerSessionEventType last, String reason, LoginResult.@Nullable CodeRequired wanted) {
        BrokerSessionEventType before = this.state.getAndSet(last);
        if (isEnded()) {
            return Mono.empty();
        }
        this.opened.tryEmitError(ProblemDefinition.conflict(last.text().replace('_', '-'), reason).asException());
        return this.listener.apply(this, new SessionTransition(before, last, reason, wanted));
    }

    void keepUnwritten(SessionTransition happened) {
        this.unwritten.set(happened);
    }

    /**
     * What happened last and could not be written, once.
     * @return null where all is written, or something else has happened since
     */
    @Nullable SessionTransition takeUnwritten() {
        SessionTransition late = this.unwritten.getAndSet(null);
        return (late != null && late.change() == this.state.get()) ? late : null;
    }

    /**
     * What lets the person in again, where that is other than what was kept.
     * @return null where nothing is to be kept
     */
    @Nullable Credentials renewed() {
        BrokerSession there = this.session;
        Credentials now = (there != null) ? there.credentials() : null;
        return (now == null || now.equals(this.kept)) ? null : now;
    }

    void kept(Credentials credentials) {
        this.kept = credentials;
    }

    /**
     * Ends it, without telling anybody.
     * @return when the connection is gone
     */
    Mono<Void> cut() {
        BrokerSession there = stop();
        this.lifeline.cancelAll();
        this.opened.tryEmitError(ProblemDefinition.unavailable("The session was closed").asException());
        return (there != null) ? there.close() : Mono.empty();
    }

    private boolean isEnded() {
        return this.ended;
    }

    private void unexpected(@Nullable Throwable failure) {
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
