package pregao.session.price;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import reactor.core.publisher.Mono;

import pregao.session.broker.Broker;
import pregao.session.broker.BrokerSession;
import pregao.session.broker.Credentials;
import pregao.session.broker.Lifeline;
import pregao.session.broker.Login;
import pregao.session.broker.SessionState;

/**
 * This replica's session of the account that is for everybody's prices. It is opened when
 * it is first asked for, and again when it has ended for good.
 */
final class SystemSession {

    private static final Logger log = LoggerFactory.getLogger(SystemSession.class);

    private static final Duration SOON = Duration.ofSeconds(10);

    /** Where trying again does not help until somebody has done something. */
    private static final Duration LATER = Duration.ofMinutes(15);

    private final Lifeline lifeline = new Lifeline();

    private final String name;

    private final Broker broker;

    private final Credentials credentials;

    private volatile @Nullable BrokerSession open;

    private volatile boolean running;

    private volatile long next = System.nanoTime();

    SystemSession(String name, Broker broker, Credentials credentials) {
        this.name = name;
        this.broker = broker;
        this.credentials = credentials;
    }

    /**
     * The session, if it is open; if there is none, it is on its way from then on.
     * @return empty where it is not open
     */
    Mono<BrokerSession> present() {
        if (begins()) {
            this.lifeline.run(this.broker.connect(this.credentials).flatMap(this::live), this::ended);
        }
        return Mono.justOrEmpty(this.open);
    }

    /** Of several threads at once, true for one. */
    private synchronized boolean begins() {
        if (this.running || System.nanoTime() - this.next < 0) {
            return false;
        }
        this.running = true;
        this.next = System.nanoTime() + SOON.toNanos();
        return true;
    }

    /** Ends with the session. */
    private Mono<Void> live(Login login) {
        return switch (login) {
            case Login.Open(BrokerSession session) ->
                session.states().doOnNext((state) -> this.open = (state == SessionState.OPEN) ? session : null).then();
            case Login.CodeWanted wanted -> refused("it wants a code, so prices need another account", LATER);
            case Login.Refused refused -> refused(refused.message(), switch (refused.why()) {
                case UNREACHABLE -> SOON;
                case TOO_MANY -> (refused.retryAfter() != null) ? refused.retryAfter() : LATER;
                case WRONG_CREDENTIALS, WRONG_CODE, FORBIDDEN, SIGNED_OUT -> LATER;
            });
        };
    }

    private Mono<Void> refused(String reason, Duration wait) {
        log.atLevel(wait.equals(SOON) ? Level.INFO : Level.WARN)
            .log("the account for prices is not let in at {}: {}", this.name, reason);
        this.next = System.nanoTime() + wait.toNanos();
        return Mono.empty();
    }

    private void ended(@Nullable Throwable failure) {
        if (failure != null) {
            log.error("the account for prices at {} is not watched any more", this.name, failure);
        }
        this.open = null;
        this.running = false;
    }

}
