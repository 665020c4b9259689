package pregao.session.broker.marketdata;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

import io.r2dbc.spi.Readable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The repository of stream subscriptions and of the states of streams.
 */
@Component
class StreamSubscriptionRepository {

    private static final String STATE_COLUMNS = "coalesce(s.state, 'waiting') as state, coalesce(s.since, w.made_at) as since";

    private static final String SELECT_BY_USER = "select w.symbol, " + STATE_COLUMNS + """
             from session.stream_wish w left join session.stream s on s.feed = w.feed and s.symbol = w.symbol
            where w.feed = :feed and w.person = :person order by w.symbol""";

    private static final String SELECT_SYMBOLS = """
            select symbol from session.stream_wish where feed = :feed
            group by symbol order by min(made_at), symbol limit :most""";

    private static final String INSERT = """
            insert into session.stream_wish (feed, symbol, person, made_at)
            values (:feed, :symbol, :person, clock_timestamp()) on conflict do nothing""";

    private static final String UPSERT_STATE = """
            insert into session.stream as s (feed, symbol, state, since)
            values (:feed, :symbol, :state, clock_timestamp())
            on conflict (feed, symbol) do update set state = excluded.state, since = excluded.since
            where s.state <> excluded.state""";

    private final DatabaseClient database;

    StreamSubscriptionRepository(DatabaseClient database) {
        this.database = database;
    }

    Flux<StreamSubscriptionResponse> findByUser(UUID userId, String feed) {
        return bindFeed(SELECT_BY_USER, feed).bind("person", userId)
            .map(StreamSubscriptionRepository::toResponse)
            .all();
    }

    Mono<StreamSubscriptionResponse> find(UUID userId, String feed, String symbol) {
        return findByUser(userId, feed).filter((subscription) -> subscription.symbol().equals(symbol)).next();
    }

    /**
     * Counts the subscriptions of a user.
     * @param userId the user
     * @return the number of subscriptions to all feeds
     */
    Mono<Long> countByUser(UUID userId) {
        return this.database.sql("select count(*) from session.stream_wish where person = :person")
            .bind("person", userId)
            .mapValue(Long.class)
            .one();
    }

    /**
     * Finds the symbols of a feed with at least one subscription.
     * @param feed the name of the feed
     * @param maxSymbols the maximum number of symbols; the earliest subscriptions win
     * @return the symbols
     */
    Mono<Set<String>> findSymbols(String feed, int maxSymbols) {
        return bindFeed(SELECT_SYMBOLS, feed).bind("most", maxSymbols)
            .map((row) -> Objects.requireNonNull(row.get(0, String.class)))
            .all()
            .collectList()
            .map(TreeSet::new);
    }

    Mono<Void> add(UUID userId, String feed, String symbol) {
        return bindFeed(INSERT, feed).bind("symbol", symbol).bind("person", userId).fetch().rowsUpdated().then();
    }

    /**
     * Removes a subscription.
     * @param userId the user
     * @param feed the name of the feed
     * @param symbol the symbol
     * @return false if there was no subscription
     */
    Mono<Boolean> remove(UUID userId, String feed, String symbol) {
        return bindFeed("delete from session.stream_wish where feed = :feed and symbol = :symbol and person = :person",
                feed)
            .bind("symbol", symbol)
            .bind("person", userId)
            .fetch()
            .rowsUpdated()
            .map((count) -> count == 1);
    }

    Mono<Void> saveState(String feed, String symbol, StreamState state) {
        return bindFeed(UPSERT_STATE, feed).bind("symbol", symbol)
            .bind("state", state.text())
            .fetch()
            .rowsUpdated()
            .then();
    }

    private DatabaseClient.GenericExecuteSpec bindFeed(String sql, String feed) {
        return this.database.sql(sql).bind("feed", feed);
    }

    private static StreamSubscriptionResponse toResponse(Readable row) {
        return new StreamSubscriptionResponse(Objects.requireNonNull(row.get("symbol", String.class)),
                Objects.requireNonNull(row.get("state", String.class)),
                Objects.requireNonNull(row.get("since", Instant.class)));
    }

    /**
     * A subscription and the state of its stream.
     *
     * @param symbol the symbol
     * @param state {@code waiting}, {@code streaming}, or {@code not_traded}
     * @param since when the state began
     */
    record StreamSubscriptionResponse(String symbol, String state, Instant since) {

    }

    /**
     * The subscriptions of a user to a feed.
     *
     * @param items the subscriptions, sorted by symbol
     */
    record StreamSubscriptionsResponse(List<StreamSubscriptionResponse> items) {

        StreamSubscriptionsResponse {
            items = List.copyOf(items);
        }

    }

}
