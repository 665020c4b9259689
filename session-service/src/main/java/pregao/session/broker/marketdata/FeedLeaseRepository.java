package pregao.session.broker.marketdata;

import java.util.UUID;

import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/**
 * The repository of the lease of a feed, whose holder is the one replica that streams the
 * feed.
 */
final class FeedLeaseRepository {

    private static final String ACQUIRE = """
            insert into session.feed_lease as held (feed, holder, epoch, beat_at)
            values (:feed, :me, 1, clock_timestamp())
            on conflict (feed) do update set holder = excluded.holder, beat_at = clock_timestamp(),
              epoch = held.epoch + (held.holder <> excluded.holder)::int
            where held.holder = excluded.holder or held.beat_at < clock_timestamp() - interval '5 s'""";

    private static final String IS_AVAILABLE = """
            select not exists (select from session.feed_lease
              where feed = :feed and holder <> :me and beat_at > clock_timestamp() - interval '5 s')""";

    private static final String RELEASE = """
            update session.feed_lease set beat_at = '-infinity' where feed = :feed and holder = :me""";

    private final DatabaseClient database;

    private final String feed;

    private final UUID replicaId = UUID.randomUUID();

    FeedLeaseRepository(DatabaseClient database, String feed) {
        this.database = database;
        this.feed = feed;
    }

    /**
     * Returns whether the lease can be acquired.
     * @return false if another replica holds it
     */
    Mono<Boolean> isAvailable() {
        return this.database.sql(IS_AVAILABLE)
            .bind("feed", this.feed)
            .bind("me", this.replicaId)
            .mapValue(Boolean.class)
            .one();
    }

    /**
     * Acquires or renews the lease.
     * @return false if another replica holds it
     */
    Mono<Boolean> acquire() {
        return execute(ACQUIRE).map((count) -> count == 1);
    }

    /**
     * Releases the lease.
     * @return completes when other replicas can acquire it
     */
    Mono<Void> release() {
        return execute(RELEASE).then();
    }

    private Mono<Long> execute(String sql) {
        return this.database.sql(sql).bind("feed", this.feed).bind("me", this.replicaId).fetch().rowsUpdated();
    }

}
