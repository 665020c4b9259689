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
 * The supervisor of the sessions on this replica. It sends heartbeats, opens sessions of
 * gained accounts, and closes lost and idle ones.
 */
@Component
class SessionSupervisor {

    private static final Logger log = LoggerFactory.getLogger(SessionSupervisor.class);

    private static final Duration CLEANUP_INTERVAL = Duration.ofMinutes(1);

    private static final int MAX_CONCURRENT_OPENS = 4;

    private static final Retry WRITE_RETRY = Retry.backoff(8, Duration.ofMillis(200)).maxBackoff(Duration.ofSeconds(5));

    private final Ownership ownership;

    private final BrokerSessionRegistry sessions;

    private final BrokerAccountRepository accounts;

    private final CredentialEncryptor encryptor;

    private final SessionStateRecorder recorder;

    private final BrokerProperties settings;

    private final Clock clock;

    private Instant lastCleanup = Instant.EPOCH;

    SessionSupervisor(Ownership ownership, BrokerSessionRegistry sessions, BrokerAccountRepository accounts,
            CredentialEncryptor encryptor, SessionStateRecorder recorder, BrokerProperties settings, Clock clock) {
        this.ownership = ownership;
        this.sessions = sessions;
        this.accounts = accounts;
        this.encryptor = encryptor;
        this.recorder = recorder;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Sends a heartbeat and handles the change of ownership. Runs on the heartbeat thread
     * only.
     */
    void heartbeat() {
        OwnershipChange change = this.ownership.heartbeat();
        if (!change.lost().isEmpty()) {
            log.info("{} broker accounts are not spoken for here any more", change.lost().size());
        }
        change.lost().forEach((id) -> this.recorder.runInBackground(this.sessions.remove(id)));
        this.recorder.runInBackground(Flux.fromIterable(change.gained().entrySet())
            .flatMap((entry) -> this.sessions.openGained(entry.getKey(), entry.getValue()).retryWhen(WRITE_RETRY),
                    MAX_CONCURRENT_OPENS)
            .then());
        if (!this.ownership.isClosed()) {
            this.sessions.getAll().forEach(this::checkSession);
            cleanUp();
        }
    }

    private void checkSession(ManagedBrokerSession managedSession) {
        Credentials renewed = managedSession.findRenewedCredentials();
        if (renewed != null) {
            managedSession.setStoredCredentials(renewed);
            this.recorder
                .runInBackground(this.accounts
                    .saveCredentials(managedSession.account(),
                            this.encryptor.encrypt(managedSession.account().id(), renewed))
                    .retryWhen(WRITE_RETRY)
                    .then());
        }
        ManagedBrokerSession.SessionTransition transition = managedSession.pollUnwritten();
        if (transition != null) {
            this.recorder.runInBackground(this.recorder.record(managedSession, transition, this.sessions));
        }
        if (managedSession.isIdle(this.settings.idleTimeout())) {
            log.info("account {} at {} is idle", managedSession.account().id(), managedSession.account().broker());
            this.recorder.runInBackground(
                    this.sessions.release(managedSession, BrokerSessionEventType.CLOSED, "the session was idle"));
        }
    }

    private void cleanUp() {
        Instant now = this.clock.instant();
        if (this.lastCleanup.plus(CLEANUP_INTERVAL).isBefore(now)) {
            this.lastCleanup = now;
            this.ownership.deleteStaleReplicas();
            this.recorder.runInBackground(this.accounts
                .deleteUnanswered(now.minus(PendingTwoFactorLogins.CODE_VALIDITY).minus(CLEANUP_INTERVAL)));
        }
    }

    /** Releases all accounts so that other replicas can take them immediately. Blocks. */
    void leave() {
        this.ownership.leave();
        Flux.fromIterable(this.sessions.getAll())
            .flatMap((managedSession) -> this.sessions.remove(managedSession.account().id())
                .onErrorResume(RuntimeException.class, (failure) -> {
                    log.warn("account {} is left without a word of it: {}", managedSession.account().id(),
                            failure.toString());
                    return Mono.empty();
                }))
            .then()
            .block(Duration.ofSeconds(5));
    }

    /**
     * The schedule of heartbeats.
     */
    @Configuration(proxyBeanMethods = false)
    static class Timing {

        @Bean
        PeriodicTask beating(SessionSupervisor supervisor, OwnershipProperties settings) {
            return new PeriodicTask("beat", settings.heartbeatInterval(), supervisor::heartbeat);
        }

    }

}
