package pregao.indicators.coverage;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;

import io.r2dbc.spi.Readable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Ingest's lists of conflicts and of quarantined candles, where it has them and we may
 * read them.
 */
@Component
class StoredRefusals {

    private static final String LISTS = """
            select coalesce(bool_or(c.relname = 'conflict'), false), coalesce(bool_or(c.relname = 'quarantine'), false)
            from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
            where n.nspname = 'ingest' and c.relname in ('conflict', 'quarantine')
              and has_schema_privilege(n.oid, 'usage') and has_table_privilege(c.oid, 'select')""";

    private static final String CONFLICTS = """
            select count(*) from ingest.conflict
            where feed = $1 and symbol = $2 and timeframe = $3 and ts >= $4 and ts < $5""";

    private static final String QUARANTINE = """
            select count(*) filter (where state = 'held'), count(*) filter (where state = 'released')
            from ingest.quarantine
            where feed = $1 and symbol = $2 and timeframe = $3 and ts >= $4 and ts < $5""";

    private final DatabaseClient database;

    StoredRefusals(DatabaseClient database) {
        this.database = database;
    }

    /**
     * Which lists there are.
     */
    Mono<Lists> lists() {
        return this.database.sql(LISTS)
            .map((row) -> new Lists(Objects.requireNonNull(row.get(0, Boolean.class)),
                    Objects.requireNonNull(row.get(1, Boolean.class))))
            .one();
    }

    Mono<Refusals> of(Lists lists, KnownSeries series, Instant from, Instant to) {
        Mono<Refusals> conflicts = lists.conflicts()
                ? bound(CONFLICTS, series, from, to).map((row) -> new Refusals(number(row, 0), null, null)).one()
                : Mono.just(new Refusals(null, null, null));
        if (!lists.quarantine()) {
            return conflicts;
        }
        return conflicts.flatMap((known) -> bound(QUARANTINE, series, from, to)
            .map((row) -> new Refusals(known.conflicts(), number(row, 0), number(row, 1)))
            .one());
    }

    private DatabaseClient.GenericExecuteSpec bound(String sql, KnownSeries series, Instant from, Instant to) {
        return this.database.sql(sql)
            .bind(0, series.instrument().feed())
            .bind(1, series.instrument().symbol())
            .bind(2, series.timeframe().name())
            .bind(3, from.atOffset(ZoneOffset.UTC))
            .bind(4, to.atOffset(ZoneOffset.UTC));
    }

    private static Long number(Readable row, int column) {
        return Objects.requireNonNull(row.get(column, Long.class));
    }

    /**
     * Which lists there are.
     *
     * @param conflicts whether conflicts are listed
     * @param quarantine whether quarantined candles are listed
     */
    record Lists(boolean conflicts, boolean quarantine) {
    }

}
