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
 * A recorder of session transitions, which stores and publishes them.
 */
@Component
class SessionStateRecorder {

    private static final Logger log = LoggerFactory.getLogger(SessionStateRecorder.class);

    private static final Retry WRITE_RETRY = Retry.backoff(6, Duration.ofMillis(200)).maxBackoff(Duration.ofSeconds(5));

    private final BackgroundTasks backgroundTasks = new BackgroundTasks();

    private final BrokerAccountRepository accounts;

    private final PendingTwoFactorLogins pendingLogins;

    private final MeterRegistry meterRegistry;

    SessionStateRecorder(BrokerAccountRepository accounts, PendingTwoFactorLogins pendingLogins,
            MeterRegistry meterRegistry) {
        this.accounts = accounts;
        this.pendingLogins = pendingLogins;
        this.meterRegistry = meterRegistry;
    }

    /**
     * Records a transition.
     * @param managedSession the session
     * @param transition the transition
     * @param sessions the registry of the session
     * @return completes when the transition is recorded or its failure is kept for a
     * retry; never an error
     */
    Mono<Void> record(ManagedBrokerSession managedSession, ManagedBrokerSession.SessionTransition transition,
            BrokerSessionRegistry sessions) {
        BrokerAccount account = managedSession.account();
        BrokerSessionEventType change = transition.change();
        log.info("account {} at {} is {}{}", account.id(), account.broker(), change.text(),
                transition.reason().isEmpty() ? "" : ": " + transition.reason());
        if (transition.before() == BrokerSessionEventType.LOST && change == BrokerSessionEventType.OPENED) {
            this.meterRegistry.counter("pregao.broker.reconnects", "broker", account.broker()).increment();
        }
        Mono<?> write = switch (change) {
            case OPENED, LOST -> this.accounts.updateState(account, change, transition.reason());
            case CLOSED, SIGNED_OUT -> {
                // Not awaited, because the release ends the task that called this method.
                runInBackground(sessions.release(managedSession, change, transition.reason()));
                yield Mono.empty();
            }
            case CODE_WANTED -> {
                if (transition.wanted() != null) {
                    this.pendingLogins.add(account, transition.wanted());
                }
                yield this.accounts.updateState(account, change, transition.reason());
            }
            case ACCOUNT_REMOVED, USER_ERASED -> throw new IllegalArgumentException("not of a session: " + change);
        };
        return write.retryWhen(WRITE_RETRY).then().onErrorResume(RuntimeException.class, (failure) -> {
            log.warn("what happened to account {} could not be written yet", account.id(), failure);
            managedSession.setUnwritten(transition);
            return Mono.empty();
        });
    }

    LoginResult toRefused(BrokerAccount account, Throwable failure) {
        log.warn("account {} at {} cannot be opened now: {}", account.id(), account.broker(), failure.toString());
        return (failure instanceof DecryptionException)
                ? new LoginResult.Refused(LoginResult.Reason.SIGNED_OUT,
                        "what was kept cannot be read any more: log in again", null)
                : new LoginResult.Refused(LoginResult.Reason.UNREACHABLE, "not now", null);
    }

    /**
     * Runs a task in the background.
     * @param task the task
     */
    void runInBackground(Mono<Void> task) {
        this.backgroundTasks.run(task, (failure) -> {
            if (failure != null) {
                log.warn("what was to be done for a session was not done", failure);
            }
        });
    }

}
