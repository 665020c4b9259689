package pregao.strategy.catalog.backfill;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import pregao.contracts.backfill.BackfillRequest;

/**
 * Reads and writes the table {@code strategy.candle_wish}, which holds sent requests. It
 * ensures that only one of all replicas and analyses sends a request, and not again too
 * soon.
 */
@Component
class BackfillRequestRepository {

    private static final Duration RETENTION = Duration.ofDays(1);

    private static final String CLAIM = """
            insert into strategy.candle_wish as known (feed, symbol, from_ts, to_ts, wished_at)
            select feed, symbol, to_timestamp(start / 1000), to_timestamp(stop / 1000), :now
            from unnest(cast(:feeds as text[]), cast(:symbols as text[]), cast(:starts as bigint[]),
              cast(:stops as bigint[])) wish (feed, symbol, start, stop)
            order by 1, 2, 3, 4
            on conflict (feed, symbol, from_ts, to_ts) do update set wished_at = excluded.wished_at
            where known.wished_at <= :before
            returning feed || '|' || symbol || '|' || date_part('epoch', from_ts)::bigint * 1000""";

    private final JdbcClient database;

    BackfillRequestRepository(JdbcClient database) {
        this.database = database;
    }

    /**
     * Claims the requests that have not been sent lately.
     * @param requests the requests of one point in time, at least one
     * @param repeatAfter the age at which a sent request may be sent again
     * @return the requests to send now
     */
    List<BackfillRequest> claim(List<BackfillRequest> requests, Duration repeatAfter) {
        Instant now = Instant.ofEpochMilli(requests.getFirst().wishedAt());
        this.database.sql("delete from strategy.candle_wish where wished_at < :old")
            .param("old", now.minus(RETENTION).atOffset(ZoneOffset.UTC))
            .update();
        Set<String> claimedKeys = new HashSet<>(this.database.sql(CLAIM)
            .param("now", now.atOffset(ZoneOffset.UTC))
            .param("feeds", requests.stream().map((request) -> request.instrument().feed()).toArray(String[]::new))
            .param("symbols", requests.stream().map((request) -> request.instrument().symbol()).toArray(String[]::new))
            .param("starts", requests.stream().map(BackfillRequest::from).toArray(Long[]::new))
            .param("stops", requests.stream().map(BackfillRequest::to).toArray(Long[]::new))
            .param("before", now.minus(repeatAfter).atOffset(ZoneOffset.UTC))
            .query(String.class)
            .list());
        return requests.stream()
            .filter((request) -> claimedKeys.contains(request.instrument().key() + '|' + request.from()))
            .toList();
    }

    /**
     * Releases claimed requests that could not be sent.
     * @param requests the requests
     */
    void release(List<BackfillRequest> requests) {
        this.database.sql("""
                delete from strategy.candle_wish where (feed, symbol, from_ts) in (
                  select feed, symbol, to_timestamp(start / 1000)
                  from unnest(cast(:feeds as text[]), cast(:symbols as text[]), cast(:starts as bigint[]))
                    wish (feed, symbol, start))""")
            .param("feeds", requests.stream().map((request) -> request.instrument().feed()).toArray(String[]::new))
            .param("symbols", requests.stream().map((request) -> request.instrument().symbol()).toArray(String[]::new))
            .param("starts", requests.stream().map(BackfillRequest::from).toArray(Long[]::new))
            .update();
    }

}
