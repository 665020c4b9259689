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

    private static final String LIVING = """
            select id from session.instance where beat_at > clock_timestamp() - make_interval(secs => :silence)""";

    private static final String BEAT = """
            insert into session.instance (id, address, beat_at) values (:id, :address, clock_timestamp())
            on conflict (id) do update set beat_at = clock_timestamp(), address = excluded.address""";

    private static final String OWNED = "select id, epoch from session.broker_account where owner = :id";

    private static final String SHARE = """
            select (select count(*) from (%s) living), (select count(*) from session.broker_account where wanted),
              (select count(*) from session.broker_account where wanted and owner = :id),
              exists (select from session.broker_account where wanted and (owner is null or owner not in (%s)))"""
        .formatted(LIVING, LIVING);

    private static final String TAKE = """
            update session.broker_account taken set owner = :id, epoch = taken.epoch + 1
            from (select id from session.broker_account where wanted and (owner is null or owner not in (%s))
              order by id limit :most for update skip locked) orphan
            where taken.id = orphan.id and :id in (%s)""".formatted(LIVING, LIVING);

    private static final String CLAIM = """
            update session.broker_account set owner = :id, epoch = epoch + 1, wanted = true
            where id = :account and (owner is null or owner not in (%s)) and :id in (%s) returning epoch"""
        .formatted(LIVING, LIVING);

    private static final String ADDRESS = """
            select address from session.instance where id = :id and id in (%s)""".formatted(LIVING);

    private static final String RELEASE = """
            update session.broker_account set owner = null, epoch = epoch + 1 where owner = :id""";

    private static final String FORGET = """
            delete from session.instance where beat_at < clock_timestamp() - interval '1 hour'""";

    private final DatabaseClient beats;

    private final DatabaseClient database;

    private final double silence;

    ReplicaRepository(HeartbeatConnectionPool own, DatabaseClient database, OwnershipProperties settings) {
        this.beats = own.client();
        this.database = database;
        this.silence = settings.takeoverTimeout().toMillis() / 1000.0;
    }

    /**
     * Says that a replica lives.
     * @param id which
     * @param address where it is
     * @return the epochs of the accounts that it has after that
     */
    Mono<Map<UUID, Long>> beat(UUID id, String address) {
        return this.beats.sql(BEAT).bind("id", id).bind("address", address).fetch().rowsUpdated().then(owned(id));
    }

    private Mono<Map<UUID, Long>> owned(UUID id) {
        return this.beats.sql(OWNED)
            .bind("id", id)
            .map((row) -> Map.entry(Objects.requireNonNull(row.get(0, UUID.class)), number(row, 1)))
            .all()
            .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    /**
     * How accounts would be spread.
     * @param id for whom
     * @return empty where none is without an owner
     */
    Mono<RebalanceQuota> share(UUID id) {
        return this.beats.sql(SHARE)
            .bind("silence", this.silence)
            .bind("id", id)
            .map((row) -> Boolean.TRUE.equals(row.get(3, Boolean.class))
                    ? new RebalanceQuota(number(row, 0), number(row, 1), number(row, 2)) : new RebalanceQuota(0, 0, 0))
            .one()
            .filter((share) -> share.living() > 0);
    }

    /**
     * Takes accounts whose owner is silent or gone.
     * @param id for whom
     * @param most how many at most
     * @return how many were taken
     */
    Mono<Long> take(UUID id, int most) {
        return this.beats.sql(TAKE)
            .bind("id", id)
            .bind("most", most)
            .bind("silence", this.silence)
            .fetch()
            .rowsUpdated();
    }

    /**
     * Takes one account that nobody has.
     * @param id for whom
     * @param account which
     * @return its epoch; empty where somebody has it
     */
    Mono<Long> claim(UUID id, UUID account) {
        return this.database.sql(CLAIM)
            .bind("id", id)
            .bind("account", account)
            .bind("silence", this.silence)
            .map((row) -> number(row, 0))
            .one();
    }

    /**
     * Where a replica is.
     * @param id which
     * @return empty where it is silent
     */
    Mono<String> address(UUID id) {
        return this.database.sql(ADDRESS)
            .bind("id", id)
            .bind("silence", this.silence)
            .map((row) -> Objects.requireNonNull(row.get(0, String.class)))
            .one();
    }

    /**
     * Gives up all accounts of a replica, which is no more.
     * @param id which
     * @return when others may take them
     */
    Mono<Void> leave(UUID id) {
        return this.beats.sql(RELEASE)
            .bind("id", id)
            .fetch()
            .rowsUpdated()
            .then(this.beats.sql("delete from session.instance where id = :id").bind("id", id).then());
    }

    Mono<Void> forgetOld() {
        return this.beats.sql(FORGET).then();
    }

    private static Long number(Readable row, int column) {
        return Objects.requireNonNull(row.get(column, Long.class));
    }

}
