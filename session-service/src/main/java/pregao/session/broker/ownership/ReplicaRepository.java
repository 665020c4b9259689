package pregao.session.broker.ownership;

import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import io.r2dbc.spi.Readable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * The table of replicas, and which account is whose. Only the database's clock counts.
 */
@Component
class ReplicaRepository {

    private static final String LIVE_REPLICAS = """
            select id from session.instance where beat_at > clock_timestamp() - make_interval(secs => :silence)""";

    private static final String UPSERT_HEARTBEAT = """
            insert into session.instance (id, address, beat_at) values (:id, :address, clock_timestamp())
            on conflict (id) do update set beat_at = clock_timestamp(), address = excluded.address""";

    private static final String SELECT_OWNED = "select id, epoch from session.broker_account where owner = :id";

    private static final String SELECT_QUOTA = """
            select (select count(*) from (%s) living), (select count(*) from session.broker_account where wanted),
              (select count(*) from session.broker_account where wanted and owner = :id),
              exists (select from session.broker_account where wanted and (owner is null or owner not in (%s)))"""
        .formatted(LIVE_REPLICAS, LIVE_REPLICAS);

    private static final String TAKE_ORPHANS = """
            update session.broker_account taken set owner = :id, epoch = taken.epoch + 1
            from (select id from session.broker_account where wanted and (owner is null or owner not in (%s))
              order by id limit :most for update skip locked) orphan
            where taken.id = orphan.id and :id in (%s)""".formatted(LIVE_REPLICAS, LIVE_REPLICAS);

    private static final String CLAIM_ACCOUNT = """
            update session.broker_account set owner = :id, epoch = epoch + 1, wanted = true
            where id = :account and (owner is null or owner not in (%s)) and :id in (%s) returning epoch"""
        .formatted(LIVE_REPLICAS, LIVE_REPLICAS);

    private static final String SELECT_ADDRESS = """
            select address from session.instance where id = :id and id in (%s)""".formatted(LIVE_REPLICAS);

    private static final String RELEASE_ACCOUNTS = """
            update session.broker_account set owner = null, epoch = epoch + 1 where owner = :id""";

    private static final String DELETE_STALE = """
            delete from session.instance where beat_at < clock_timestamp() - interval '1 hour'""";

    private final DatabaseClient heartbeatDatabase;

    private final DatabaseClient database;

    private final double takeoverSeconds;

    ReplicaRepository(HeartbeatConnectionPool heartbeatPool, DatabaseClient database, OwnershipProperties settings) {
        this.heartbeatDatabase = heartbeatPool.createClient();
        this.database = database;
        this.takeoverSeconds = settings.takeoverTimeout().toMillis() / 1000.0;
    }

    /**
     * Says that a replica lives.
     * @param replicaId which
     * @param address where it is
     * @return the epochs of the accounts that it has after that
     */
    Mono<Map<UUID, Long>> recordHeartbeat(UUID replicaId, String address) {
        return this.heartbeatDatabase.sql(UPSERT_HEARTBEAT)
            .bind("id", replicaId)
            .bind("address", address)
            .fetch()
            .rowsUpdated()
            .then(findOwnedEpochs(replicaId));
    }

    private Mono<Map<UUID, Long>> findOwnedEpochs(UUID replicaId) {
        return this.heartbeatDatabase.sql(SELECT_OWNED)
            .bind("id", replicaId)
            .map((row) -> Map.entry(Objects.requireNonNull(row.get(0, UUID.class)), getLong(row, 1)))
            .all()
            .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    /**
     * How accounts would be spread.
     * @param replicaId for whom
     * @return empty where none is without an owner
     */
    Mono<RebalanceQuota> findQuota(UUID replicaId) {
        return this.heartbeatDatabase.sql(SELECT_QUOTA)
            .bind("silence", this.takeoverSeconds)
            .bind("id", replicaId)
            .map((row) -> Boolean.TRUE.equals(row.get(3, Boolean.class))
                    ? new RebalanceQuota(getLong(row, 0), getLong(row, 1), getLong(row, 2))
                    : new RebalanceQuota(0, 0, 0))
            .one()
            .filter((quota) -> quota.living() > 0);
    }

    /**
     * Takes accounts whose owner is silent or gone.
     * @param replicaId for whom
     * @param maxAccounts how many at most
     * @return how many were taken
     */
    Mono<Long> takeOrphans(UUID replicaId, int maxAccounts) {
        return this.heartbeatDatabase.sql(TAKE_ORPHANS)
            .bind("id", replicaId)
            .bind("most", maxAccounts)
            .bind("silence", this.takeoverSeconds)
            .fetch()
            .rowsUpdated();
    }

    /**
     * Takes one account that nobody has.
     * @param replicaId for whom
     * @param account which
     * @return its epoch; empty where somebody has it
     */
    Mono<Long> claimAccount(UUID replicaId, UUID account) {
        return this.database.sql(CLAIM_ACCOUNT)
            .bind("id", replicaId)
            .bind("account", account)
            .bind("silence", this.takeoverSeconds)
            .map((row) -> getLong(row, 0))
            .one();
    }

    /**
     * Where a replica is.
     * @param replicaId which
     * @return empty where it is silent
     */
    Mono<String> findAddress(UUID replicaId) {
        return this.database.sql(SELECT_ADDRESS)
            .bind("id", replicaId)
            .bind("silence", this.takeoverSeconds)
            .map((row) -> Objects.requireNonNull(row.get(0, String.class)))
            .one();
    }

    /**
     * Gives up all accounts of a replica, which is no more.
     * @param replicaId which
     * @return when others may take them
     */
    Mono<Void> removeReplica(UUID replicaId) {
        return this.heartbeatDatabase.sql(RELEASE_ACCOUNTS)
            .bind("id", replicaId)
            .fetch()
            .rowsUpdated()
            .then(this.heartbeatDatabase.sql("delete from session.instance where id = :id")
                .bind("id", replicaId)
                .then());
    }

    Mono<Void> deleteStale() {
        return this.heartbeatDatabase.sql(DELETE_STALE).then();
    }

    private static Long getLong(Readable row, int column) {
        return Objects.requireNonNull(row.get(column, Long.class));
    }

}
