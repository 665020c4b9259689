package pregao.indicators.backfill;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

import io.r2dbc.spi.ConnectionFactory;
import org.springframework.r2dbc.connection.R2dbcTransactionManager;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

import pregao.contracts.backfill.BackfillRequest;

/**
 * The table {@code indicators.backfill_request} of past requests. It makes sure that only
 * one replica sends a request, and that no request is repeated too soon.
 */
@Component
class BackfillRequestRepository {

    private static final String CLAIM = """
            insert into indicators.backfill_request as known (feed, symbol, timeframe, from_ts, to_ts, requested_at)
            select $1, $2, $3, to_timestamp(gap.start / 1000), to_timestamp(gap.stop / 1000), $6
            from unnest($4::bigint[], $5::bigint[]) gap (start, stop)
            order by 4, 5
            on conflict (feed, symbol, timeframe, from_ts, to_ts) do update
            set requested_at = excluded.requested_at, times = known.times + 1
            where known.requested_at <= $7
            returning date_part('epoch', from_ts)::bigint * 1000""";

    private static final String DELETE_OLD = "delete from indicators.backfill_request where requested_at < $1";

    private final DatabaseClient databaseClient;

    private final TransactionalOperator transaction;

    BackfillRequestRepository(DatabaseClient databaseClient, ConnectionFactory connectionFactory) {
        this.databaseClient = databaseClient;
        this.transaction = TransactionalOperator.create(new R2dbcTransactionManager(connectionFactory));
    }

    /**
     * Claims the requests that were not sent lately and publishes them. If publishing
     * fails, the claim is rolled back.
     * @param requests requests of one series with one request time
     * @param repeatAfter the minimum age of a request before it is repeated
     * @param publisher publishes the claimed requests
     * @return the number of published requests
     */
    Mono<Integer> claim(List<BackfillRequest> requests, Duration repeatAfter,
            Function<List<BackfillRequest>, Mono<Void>> publisher) {
        if (requests.isEmpty()) {
            return Mono.just(0);
        }
        BackfillRequest first = requests.getFirst();
        Instant now = Instant.ofEpochMilli(first.wishedAt());
        return this.databaseClient.sql(CLAIM)
            .bind(0, first.instrument().feed())
            .bind(1, first.instrument().symbol())
            .bind(2, first.timeframe().name())
            .bind(3, requests.stream().map(BackfillRequest::from).toArray(Long[]::new))
            .bind(4, requests.stream().map(BackfillRequest::to).toArray(Long[]::new))
            .bind(5, now.atOffset(ZoneOffset.UTC))
            .bind(6, now.minus(repeatAfter).atOffset(ZoneOffset.UTC))
            .map((row) -> Objects.requireNonNull(row.get(0, Long.class)))
            .all()
            .collectList()
            .map((claimedStarts) -> requests.stream()
                .filter((request) -> claimedStarts.contains(request.from()))
                .toList())
            .flatMap((claimed) -> publisher.apply(claimed).thenReturn(claimed.size()))
            .as(this.transaction::transactional);
    }

    /**
     * Deletes old requests.
     * @param before the requests were made before this time
     * @return completes when they are deleted
     */
    Mono<Void> deleteOlderThan(Instant before) {
        return this.databaseClient.sql(DELETE_OLD).bind(0, before.atOffset(ZoneOffset.UTC)).then();
    }

}
