package pregao.session.broker.account;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

import org.springframework.dao.DataAccessException;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import pregao.contracts.session.BrokerSessionEventType;
import pregao.session.broker.api.BrokerSession;

/**
 * A round-robin rotation of the sessions whose users share them for the prices of all
 * users, so that the load is spread evenly.
 */
@Component
public class SharedSessionRotation {

    private static final Duration POLL_INTERVAL = Duration.ofSeconds(2);

    private final AtomicInteger nextIndex = new AtomicInteger();

    private final BrokerSessionRegistry sessions;

    private final DatabaseClient database;

    /** The IDs of sharing accounts, polled once for all streams while there are any. */
    private final Flux<Set<UUID>> sharingAccounts;

    SharedSessionRotation(BrokerSessionRegistry sessions, DatabaseClient database) {
        this.sessions = sessions;
        this.database = database;
        this.sharingAccounts = Flux.interval(POLL_INTERVAL)
            .onBackpressureDrop()
            .concatMap((tick) -> findSharingAccounts().onErrorComplete(DataAccessException.class), 1)
            .share();
    }

    /**
     * Returns the next shared session at a broker that is open on this replica. A stream
     * keeps the session from becoming idle.
     * @param broker the name of the broker
     * @return the session, or empty if none is open here
     */
    public Mono<SharedSession> next(String broker) {
        return findSharingAccounts().mapNotNull((sharing) -> {
            List<ManagedBrokerSession> openSessions = this.sessions.getAll()
                .stream()
                .filter((managedSession) -> managedSession.account().broker().equals(broker)
                        && managedSession.state() == BrokerSessionEventType.OPENED
                        && sharing.contains(managedSession.account().id()))
                .sorted(Comparator.comparing((managedSession) -> managedSession.account().id()))
                .toList();
            return openSessions.isEmpty() ? null
                    : openSessions.get(Math.floorMod(this.nextIndex.getAndIncrement(), openSessions.size()));
        })
            .flatMap((managedSession) -> managedSession.findSession()
                .map((session) -> new SharedSession(session, awaitWithdrawal(managedSession.account().id()))));
    }

    private Mono<Void> awaitWithdrawal(UUID accountId) {
        return this.sharingAccounts.filter((sharing) -> !sharing.contains(accountId)).next().then();
    }

    private Mono<Set<UUID>> findSharingAccounts() {
        return this.database.sql("select id from session.broker_account where shares_prices")
            .map((row) -> Objects.requireNonNull(row.get(0, UUID.class)))
            .all()
            .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * A session that may be used for the prices of all users.
     *
     * @param session the session
     * @param withdrawn completes soon after the user withdraws the consent
     */
    public record SharedSession(BrokerSession session, Mono<Void> withdrawn) {

    }

}
