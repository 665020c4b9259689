package pregao.session.outbox;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import io.r2dbc.spi.Readable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

import pregao.contracts.PriceBasis;
import pregao.contracts.Topic;
import pregao.contracts.feed.Feed;
import pregao.contracts.feed.FeedClock;
import pregao.contracts.feed.FeedCodec;
import pregao.contracts.feed.TradingCalendar;
import pregao.contracts.key.ApiKey;
import pregao.contracts.key.KeyCodec;
import pregao.contracts.key.Scope;
import pregao.contracts.login.LoginRevocation;
import pregao.contracts.login.LoginRevocationCodec;

/**
 * Factory of the record values of compacted topics. It reads the current state from the
 * database.
 */
@Component
class CurrentStateRecordFactory {

    private static final String SELECT_KEY = """
            select hash, owner, feed, scopes, revoked_at from session.api_key where hash = :name""";

    private static final String SELECT_FEED = """
            select name, owner, price_basis, clock, day_zone, close_after_millis, calendar, event_time from session.feed
            where name = :name""";

    private static final String SELECT_LOGIN = """
            select coalesce((select ended_at from session.login where id = :name::uuid), now())""";

    private final DatabaseClient database;

    CurrentStateRecordFactory(DatabaseClient database) {
        this.database = database;
    }

    Mono<byte[]> createRecord(Topic topic, String name) {
        return switch (topic) {
            case KEY -> query(SELECT_KEY, name).map((row) -> KeyCodec.encode(toApiKey(row))).one();
            case FEED -> query(SELECT_FEED, name).map((row) -> FeedCodec.encode(toFeed(row), getOwner(row))).one();
            case LOGIN ->
                query(SELECT_LOGIN, name).map((row) -> LoginRevocationCodec.encode(toRevocation(name, row))).one();
            default -> Mono.error(new IllegalArgumentException(topic + " is not written by this service"));
        };
    }

    private DatabaseClient.GenericExecuteSpec query(String sql, String name) {
        return this.database.sql(sql).bind("name", name);
    }

    private static ApiKey toApiKey(Readable row) {
        Set<Scope> scopes = Arrays.stream(Objects.requireNonNull(row.get("scopes", String[].class)))
            .map((scope) -> Scope.valueOf(scope.toUpperCase(Locale.ROOT)))
            .collect(Collectors.toSet());
        return new ApiKey(getText(row, "hash"), getOwner(row), getText(row, "feed"), scopes,
                row.get("revoked_at", Instant.class) != null);
    }

    private static LoginRevocation toRevocation(String id, Readable row) {
        return new LoginRevocation(id, Objects.requireNonNull(row.get(0, Instant.class)));
    }

    private static Feed toFeed(Readable row) {
        return new Feed(getText(row, "name"), PriceBasis.valueOf(getText(row, "price_basis").toUpperCase(Locale.ROOT)),
                FeedClock.parse(getText(row, "clock")), FeedClock.parse(getText(row, "day_zone")),
                Duration.ofMillis(Objects.requireNonNull(row.get("close_after_millis", Long.class))),
                TradingCalendar.valueOf(getText(row, "calendar").toUpperCase(Locale.ROOT)),
                Boolean.TRUE.equals(row.get("event_time", Boolean.class)));
    }

    private static String getOwner(Readable row) {
        return Objects.requireNonNull(row.get("owner", UUID.class)).toString();
    }

    private static String getText(Readable row, String column) {
        return Objects.requireNonNull(row.get(column, String.class));
    }

}
