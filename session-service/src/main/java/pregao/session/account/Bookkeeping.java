package pregao.session.account;

import java.time.Duration;

import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

import pregao.contracts.session.SessionChange;
import pregao.session.broker.Lifeline;
import pregao.session.broker.Login;
import pregao.session.secret.SecretLostException;

/**
 * Writes down what happens to sessions, and tells those who want to know.
 */
@Component
class Bookkeeping {

    private static final Logger log = LoggerFactory.getLogger(Bookkeeping.class);

    private static final Retry A_WHILE = Retry.backoff(6, Duration.ofMillis(200)).maxBackoff(Duration.ofSeconds(5));

    private final Lifeline lifeline = new Lifeline();

    private final BrokerAccounts accounts;

    private final CodeSteps steps;

    private final MeterRegistry meters;

    Bookkeeping(BrokerAccounts accounts, CodeSteps steps, MeterRegistry meters) {
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
    Mono<Void> note(OpenAccount open, OpenAccount.Happened happened, OpenSessions sessions) {
        StoredAccount account = open.account();
        SessionChange change = happened.change();
        log.info("account {} at {} is {}{}", account.id(), account.broker(), change.text(),
                happened.reason().isEmpty() ? "" : ": " + happened.reason());
        if (happened.before() == SessionChange.LOST && change == SessionChange.OPENED) {
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

    Login notTried(StoredAccount account, Throwable failure) {
        log.warn("account {} at {} cannot be opened now: {}", account.id(), account.broker(), failure.toString());
        return (failure instanceof SecretLostException)
                ? new Login.Refused(Login.Why.SIGNED_OUT, "what was kept cannot be read any more: log in again", null)
                : new Login.Refused(Login.Why.UNREACHABLE, "not now", null);
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
