package pregao.session.broker.account;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

import pregao.background.PeriodicTask;
import pregao.contracts.session.BrokerSessionEventType;
import pregao.session.broker.api.Credentials;
import pregao.session.broker.ownership.Ownership;
import pregao.session.broker.ownership.OwnershipChange;
import pregao.session.broker.ownership.OwnershipProperties;

/**
 * Beats, and does what follows of it: opens what this replica has come to own, closes
 * what it has lost, lets go of what nobody needs.
 */
@Component
class SessionSupervisor {

    private static final Logger log = LoggerFactory.getLogger(SessionSupervisor.class);

    private static final Duration TIDYING = Duration.ofMinutes(1);

    private static final int AT_ONCE = 4;

    private static final Retry A_WHILE = Retry.backoff(8, Duration.ofMillis(200)).maxBackoff(Duration.ofSeconds(5));

    private final Ownership ownership;

    private final BrokerSessionRegistry sessions;

    private final BrokerAccountRepository accounts;

    private final CredentialEncryptor secrets;

    private final SessionStateRecorder books;

    private final BrokerProperties settings;

    private final Clock clock;

    private Instant tidied = Instant.EPOCH;

    SessionSupervisor(Ownership ownership, BrokerSessionRegistry sessions, BrokerAccountRepository accounts,
            CredentialEncryptor secrets, SessionStateRecorder books, BrokerProperties settings, Clock clock) {
        this.ownership = ownership;
        this.sessions = sessions;
        this.accounts = accounts;
        this.secrets = secrets;
        this.books = books;
        this.settings = settings;
        this.clock = clock;
    }

    /** One turn; only the thread of the beat comes here. */
    void turn() {
        OwnershipChange change = this.ownership.heartbeat();
        if (!change.lost().isEmpty()) {
            log.info("{} broker accounts are not spoken for here any more", change.lost().size());
        }
        change.lost().forEach((id) -> this.books.background(this.sessions.lost(id)));
        this.books.background(Flux.fromIterable(change.gained().entrySet())
            .flatMap((each) -> this.sessions.gained(each.getKey(), each.getValue()).retryWhen(A_WHILE), AT_ONCE)
            .then());
        if (!this.ownership.isClosed()) {
            this.sessions.all().forEach(this::look);
            tidy();
        }
    }

    private void look(ManagedBrokerSession open) {
        Credentials renewed = open.renewed();
        if (renewed != null) {
            open.kept(renewed);
            this.books.background(this.accounts.keep(open.account(), this.secrets.seal(open.account().id(), renewed))
                .retryWhen(A_WHILE)
                .then());
        }
        ManagedBrokerSession.SessionTransition late = open.takeUnwritten();
        if (late != null) {
            this.books.background(this.books.note(open, late, this.sessions));
        }
        if (open.isIdle(this.settings.idleTimeout())) {
            log.info("account {} at {} is idle", open.account().id(), open.account().broker());
            this.books.background(this.sessions.rest(open, BrokerSessionEventType.CLOSED, "the session was idle"));
        }
    }

    private void tidy() {
        Instant now = this.clock.instant();
        if (this.tidied.plus(TIDYING).isBefore(now)) {
            this.tidied = now;
            this.ownership.deleteStaleReplicas();
            this.books
                .background(this.accounts.forgetUnanswered(now.minus(PendingTwoFactorLogins.LIFE).minus(TIDYING)));
        }
    }

    /** Lets others have everything at once; whoever calls may wait. */
    void leave() {
        this.ownership.leave();
        Flux.fromIterable(this.sessions.all())
            .flatMap((open) -> this.sessions.lost(open.account().id())
                .onErrorResume(RuntimeException.class, (failure) -> {
                    log.warn("account {} is left without a word of it: {}", open.account().id(), failure.toString());
                    return Mono.empty();
                }))
            .then()
            .block(Duration.ofSeconds(5));
    }

    /**
     * When the keeper keeps.
     */
    @Configuration(proxyBeanMethods = false)
    static class Timing {

        @Bean
        PeriodicTask beating(SessionSupervisor keeper, OwnershipProperties settings) {
            return new PeriodicTask("beat", settings.heartbeatInterval(), keeper::turn);
        }

    }

}
