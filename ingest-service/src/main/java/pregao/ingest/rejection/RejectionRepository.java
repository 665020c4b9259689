package pregao.ingest.rejection;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.Result;
import io.r2dbc.spi.Statement;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Repository of counts of rejected items.
 */
@Repository
class RejectionRepository {

    private static final String ADD = """
            insert into ingest.rejection as r (feed, item, field, reason, count, symbol, example, first_at, last_at)
            select u.* from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::text[],
                $7::text[], $8::timestamptz[], $9::timestamptz[]) as u
            on conflict (feed, item, field, reason) do update
            set count = r.count + excluded.count, symbol = excluded.symbol, example = excluded.example,
                last_at = greatest(r.last_at, excluded.last_at)""";

    private final ConnectionFactory connectionFactory;

    RejectionRepository(ConnectionFactory connectionFactory) {
        this.connectionFactory = connectionFactory;
    }

    /**
     * Adds counts to the stored ones.
     * @param counts one count for each reason
     * @return completes when the counts are stored
     */
    Mono<Void> add(List<RejectionCount> counts) {
        return Mono.usingWhen(this.connectionFactory.create(), (connection) -> add(connection, counts),
                Connection::close);
    }

    private static Mono<Void> add(Connection connection, List<RejectionCount> counts) {
        Statement statement = connection.createStatement(ADD)
            .bind(0, texts(counts, (count) -> count.reason().feed()))
            .bind(1, texts(counts, (count) -> count.reason().item()))
            .bind(2, texts(counts, (count) -> count.reason().field()))
            .bind(3, texts(counts, (count) -> count.reason().kind()))
            .bind(4, counts.stream().map(RejectionCount::count).toArray(Long[]::new))
            .bind(5, texts(counts, (count) -> (count.symbol() != null) ? count.symbol() : ""))
            .bind(6, texts(counts, RejectionCount::example))
            .bind(7, times(counts, (count) -> count.firstAt().atOffset(ZoneOffset.UTC)))
            .bind(8, times(counts, (count) -> count.lastAt().atOffset(ZoneOffset.UTC)));
        return Flux.from(statement.execute()).flatMap(Result::getRowsUpdated).then();
    }

    private static String[] texts(List<RejectionCount> counts, Function<RejectionCount, String> text) {
        return counts.stream().map(text).toArray(String[]::new);
    }

    private static OffsetDateTime[] times(List<RejectionCount> counts, Function<RejectionCount, OffsetDateTime> time) {
        return counts.stream().map(time).toArray(OffsetDateTime[]::new);
    }

}
