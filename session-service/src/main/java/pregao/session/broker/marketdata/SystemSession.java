package pregao.session.broker.marketdata;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import reactor.core.publisher.Mono;

import pregao.session.broker.api.BackgroundTasks;
import pregao.session.broker.api.Broker;
import pregao.session.broker.api.BrokerSession;
import pregao.session.broker.api.Credentials;
import pregao.session.broker.api.LoginResult;
import pregao.session.broker.api.SessionState;

/**
 * The session of the operator's account on this replica. It is opened at the first
 * request, and again after it has ended.
 */
final class SystemSession {

    private static final Logger log = LoggerFactory.getLogger(SystemSession.class);

    private static final Duration RETRY_DELAY = Duration.ofSeconds(10);

    /** The delay if a retry does not help until someone intervenes. */
    private static final Duration LATER_RETRY_DELAY = Duration.ofMinutes(15);

    private final BackgroundTasks backgroundTasks = new BackgroundTasks();

    private final String brokerName;

    private final Broker broker;

    private final Credentials credentials;

    private volatile @Nullable BrokerSession openSession;

    private volatile boolean active;

    private volatile long nextAttemptNanos = System.nanoTime();

    SystemSession(String brokerName, Broker broker, Credentials credentials) {
        this.brokerName = brokerName;
        this.broker = broker;
        this.credentials = credentials;
    }

    /**
     * Returns the session if it is open. Otherwise starts a login in the background if
     * none is running.
     * @return the session, or empty if it is not open
     */
    Mono<BrokerSession> findOpenSession() {
        if (tryActivate()) {
            this.backgroundTasks.run(this.broker.connect(this.credentials).flatMap(this::onLogin), this::onEnded);
        }
        return Mono.justOrEmpty(this.openSession);
    }

    /** Marks a login as running; true for only one of several concurrent callers. */
    private synchronized boolean tryActivate() {
        if (this.active || System.nanoTime() - this.nextAttemptNanos < 0) {
            return false;
        }
        this.active = true;
        this.nextAttemptNanos = System.nanoTime() + RETRY_DELAY.toNanos();
        return true;
    }

    /** Completes when the session ends. */
    private Mono<Void> onLogin(LoginResult login) {
        return switch (login) {
            case LoginResult.Open(BrokerSession session) -> session.states()
                .doOnNext((state) -> this.openSession = (state == SessionState.OPEN) ? session : null)
                .then();
            case LoginResult.CodeRequired codeRequired ->
                onRefused("it wants a code, so prices need another account", LATER_RETRY_DELAY);
            case LoginResult.Refused refused -> onRefused(refused.message(), switch (refused.why()) {
                case UNREACHABLE -> RETRY_DELAY;
                case TOO_MANY -> (refused.retryAfter() != null) ? refused.retryAfter() : LATER_RETRY_DELAY;
                case WRONG_CREDENTIALS, WRONG_CODE, FORBIDDEN, SIGNED_OUT -> LATER_RETRY_DELAY;
            });
        };
    }

    private Mono<Void> onRefused(String reason, Duration delay) {
        log.atLevel(delay.equals(RETRY_DELAY) ? Level.INFO : Level.WARN)
            .log("The account for prices cannot log in at {}: {}", this.brokerName, reason);
        this.nextAttemptNanos = System.nanoTime() + delay.toNanos();
        return Mono.empty();
    }

    private void onEnded(@Nullable Throwable failure) {
        if (failure != null) {
            log.error("the account for prices at {} is not watched any more", this.brokerName, failure);
        }
        this.openSession = null;
        this.active = false;
    }

}
