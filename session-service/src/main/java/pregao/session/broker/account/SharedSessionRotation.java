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
 * The sessions of people who have agreed that everybody's prices come through them, one
 * after the other, so that none bears more than its part.
 */
@Component
public class SharedSessionRotation {

    private static final Duration EVERY = Duration.ofSeconds(2);

    private final AtomicInteger turn = new AtomicInteger();

    private final BrokerSessionRegistry sessions;

    private final DatabaseClient database;

    /** One question for all streams, as long as there are any. */
    private final Flux<Set<UUID>> present;

    SharedSessionRotation(BrokerSessionRegistry sessions, DatabaseClient database) {
        this.sessions = sessions;
        this.database = database;
        this.present = Flux.interval(EVERY)
            .onBackpressureDrop()
            .concatMap((look) -> agreed().onErrorComplete(DataAccessException.class), 1)
            .share();
    }

    /**
     * The next session in turn that this replica has open at a broker. A stream keeps it
     * from being closed as idle.
     * @param broker the broker's name
     * @return empty where none is open here now
     */
    public Mono<SharedSession> next(String broker) {
        return agreed().mapNotNull((agreed) -> {
            List<ManagedBrokerSession> open = this.sessions.all()
                .stream()
                .filter((managedBrokerSession) -> managedBrokerSession.account().broker().equals(broker)
                        && managedBrokerSession.state() == BrokerSessionEventType.OPENED
                        && agreed.contains(managedBrokerSession.account().id()))
                .sorted(Comparator.comparing((each) -> each.account().id()))
                .toList();
            return open.isEmpty() ? null : open.get(Math.floorMod(this.turn.getAndIncrement(), open.size()));
        })
            .flatMap((open) -> open.present()
                .map((session) -> new SharedSession(session, withdrawn(open.account().id()))));
    }

    private Mono<Void> withdrawn(UUID account) {
        return this.present.filter((agreed) -> !agreed.contains(account)).next().then();
    }

    private Mono<Set<UUID>> agreed() {
        return this.database.sql("select id from session.broker_account where shares_prices")
            .map((row) -> Objects.requireNonNull(row.get(0, UUID.class)))
            .all()
            .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * A session that may be used for everybody's prices.
     *
     * @param session the session
     * @param withdrawn ends soon after its person has agreed no more
     */
    public record SharedSession(BrokerSession session, Mono<Void> withdrawn) {

    }

}
