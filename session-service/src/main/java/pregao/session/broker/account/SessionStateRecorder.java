package pregao.session.broker.account;

import java.time.Duration;

import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

import pregao.contracts.session.BrokerSessionEventType;
import pregao.session.broker.api.BackgroundTasks;
import pregao.session.broker.api.LoginResult;
import pregao.session.crypto.DecryptionException;

/**
 * Writes down what happens to sessions, and tells those who want to know.
 */
@Component
class SessionStateRecorder {

    private static final Logger log = LoggerFactory.getLogger(SessionStateRecorder.class);

    private static final Retry A_WHILE = Retry.backoff(6, Duration.ofMillis(200)).maxBackoff(Duration.ofSeconds(5));

    private final BackgroundTasks lifeline = new BackgroundTasks();

    private final BrokerAccountRepository accounts;

    private final PendingTwoFactorLogins steps;

    private final MeterRegistry meters;

    SessionStateRecorder(BrokerAccountRepository accounts, PendingTwoFactorLogins steps, MeterRegistry meters) {
        this.accounts = accounts;
        this.steps = steps;
        this.meters = meters;
    }

    /**
     * Notes what happened to a session.
     * @param open whose
     * @param happened what
     * @param sessions where it is
     * @return when it is noted; never an error
     */
    Mono<Void> note(ManagedBrokerSession open, ManagedBrokerSession.SessionTransition happened,
            BrokerSessionRegistry sessions) {
        BrokerAccount account = open.account();
        BrokerSessionEventType change = happened.change();
        log.info("account {} at {} is {}{}", account.id(), account.broker(), change.text(),
                happened.reason().isEmpty() ? "" : ": " + happened.reason());
        if (happened.before() == BrokerSessionEventType.LOST && change == BrokerSessionEventType.OPENED) {
            this.meters.counter("pregao.broker.reconnects", "broker", account.broker()).increment();
        }
        Mono<?> written = switch (change) {
            case OPENED, LOST -> this.accounts.change(account, change, happened.reason());
            case CLOSED, SIGNED_OUT -> {
                background(sessions.rest(open, change, happened.reason())); // it ends
                                                                            // what told
                                                                            // us
                yield Mono.empty();
            }
            case CODE_WANTED -> {
                if (happened.wanted() != null) {
                    this.steps.remember(account, happened.wanted());
                }
                yield this.accounts.change(account, change, happened.reason());
            }
            case ACCOUNT_REMOVED, USER_ERASED -> throw new IllegalArgumentException("not of a session: " + change);
        };
        return written.retryWhen(A_WHILE).then().onErrorResume(RuntimeException.class, (failure) -> {
            log.warn("what happened to account {} could not be written yet", account.id(), failure);
            open.keepUnwritten(happened);
            return Mono.empty();
        });
    }

    LoginResult notTried(BrokerAccount account, Throwable failure) {
        log.warn("account {} at {} cannot be opened now: {}", account.id(), account.broker(), failure.toString());
        return (failure instanceof DecryptionException)
                ? new LoginResult.Refused(LoginResult.Reason.SIGNED_OUT,
                        "what was kept cannot be read any more: log in again", null)
                : new LoginResult.Refused(LoginResult.Reason.UNREACHABLE, "not now", null);
    }

    /**
     * Does something that nobody waits for.
     * @param work what
     */
    void background(Mono<Void> work) {
        this.lifeline.run(work, (failure) -> {
            if (failure != null) {
                log.warn("what was to be done for a session was not done", failure);
            }
        });
    }

}
