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
 * This replica's session of the account that is for everybody's prices. It is opened when
 * it is first asked for, and again when it has ended for good.
 */
final class SystemSession {

    private static final Logger log = LoggerFactory.getLogger(SystemSession.class);

    private static final Duration RETRY_DELAY = Duration.ofSeconds(10);

    /** Where trying again does not help until somebody has done something. */
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
     * The session, if it is open; if there is none, it is on its way from then on.
     * @return empty where it is not open
     */
    Mono<BrokerSession> findOpenSession() {
        if (tryActivate()) {
            this.backgroundTasks.run(this.broker.connect(this.credentials).flatMap(this::onLogin), this::onEnded);
        }
        return Mono.justOrEmpty(this.openSession);
    }

    /** Of several threads at once, true for one. */
    private synchronized boolean tryActivate() {
        if (this.active || System.nanoTime() - this.nextAttemptNanos < 0) {
            return false;
        }
        this.active = true;
        this.nextAttemptNanos = System.nanoTime() + RETRY_DELAY.toNanos();
        return true;
    }

    /** Ends with the session. */
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
