package pregao.session.broker.ownership;

import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import io.r2dbc.spi.Readable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * The repository of replicas and of account ownership. All times are those of the
 * database clock.
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
     * Inserts or updates the heartbeat of a replica.
     * @param replicaId the replica
     * @param address the address of the replica
     * @return the epochs of the accounts that the replica owns afterward, by account
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
     * Finds the quota of a replica.
     * @param replicaId the replica
     * @return the quota; empty if each account has a live owner
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
     * Takes over accounts whose owner is gone or sends no heartbeats.
     * @param replicaId the new owner
     * @param maxAccounts the maximum number of accounts
     * @return the number of accounts taken
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
     * Claims one account that no live replica owns.
     * @param replicaId the new owner
     * @param account the account
     * @return the new epoch; empty if a live replica owns the account
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
     * Finds the address of a replica.
     * @param replicaId the replica
     * @return the address; empty if the replica sends no heartbeats
     */
    Mono<String> findAddress(UUID replicaId) {
        return this.database.sql(SELECT_ADDRESS)
            .bind("id", replicaId)
            .bind("silence", this.takeoverSeconds)
            .map((row) -> Objects.requireNonNull(row.get(0, String.class)))
            .one();
    }

    /**
     * Releases all accounts of a replica and deletes the replica.
     * @param replicaId the replica
     * @return completes when other replicas can take the accounts
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
