package pregao.session.identity.feed;

import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;

import io.r2dbc.spi.Readable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import pregao.contracts.PriceBasis;
import pregao.contracts.Topic;
import pregao.contracts.feed.Feed;
import pregao.contracts.feed.FeedClock;
import pregao.contracts.feed.TradingCalendar;
import pregao.session.outbox.OutboxRepository;

/**
 * Repository of feeds.
 */
@Component
public class FeedRepository {

    private static final String SELECT = """
            select name, owner, price_basis, clock, day_zone, close_after_millis, calendar, event_time from session.feed""";

    private static final String INSERT = """
            insert into session.feed (name, owner, price_basis, clock, day_zone, close_after_millis, calendar, event_time,
              created_at)
            values (:name, :owner, :basis, :clock, :dayZone, :closeAfter, :calendar, :eventTime, :now) on conflict do nothing""";

    private static final String UPDATE = """
            update session.feed set price_basis = :basis, clock = :clock, day_zone = :dayZone, close_after_millis = :closeAfter,
              calendar = :calendar, event_time = :eventTime
            where name = :name""";

    private final DatabaseClient database;

    private final OutboxRepository outbox;

    private final Clock clock;

    FeedRepository(DatabaseClient database, OutboxRepository outbox, Clock clock) {
        this.database = database;
        this.outbox = outbox;
        this.clock = clock;
    }

    /**
     * Finds a feed.
     * @param name the feed name
     * @return empty if there is no such feed
     */
    public Mono<OwnedFeed> findByName(String name) {
        return this.database.sql(SELECT + " where name = :name").bind("name", name).map(FeedRepository::toFeed).one();
    }

    Flux<OwnedFeed> findAll() {
        return this.database.sql(SELECT + " order by name").map(FeedRepository::toFeed).all();
    }

    Mono<Long> countByOwner(UUID owner) {
        return this.database.sql("select count(*) from session.feed where owner = :owner")
            .bind("owner", owner)
            .mapValue(Long.class)
            .one();
    }

    /**
     * Inserts a feed and enqueues its record, in the caller's transaction.
     * @param feed the settings of the feed
     * @param owner the ID of the owner
     * @return false if the name is taken
     */
    public Mono<Boolean> add(Feed feed, UUID owner) {
        return bindSettings(this.database.sql(INSERT), feed).bind("owner", owner)
            .bind("now", this.clock.instant())
            .fetch()
            .rowsUpdated()
            .map((count) -> count == 1)
            .delayUntil((added) -> added ? this.outbox.enqueueState(Topic.FEED, feed.name()) : Mono.empty());
    }

    Mono<Void> update(Feed feed) {
        return bindSettings(this.database.sql(UPDATE), feed).fetch()
            .rowsUpdated()
            .then(this.outbox.enqueueState(Topic.FEED, feed.name()));
    }

    private static DatabaseClient.GenericExecuteSpec bindSettings(DatabaseClient.GenericExecuteSpec statement,
            Feed feed) {
        return statement.bind("name", feed.name())
            .bind("basis", feed.basis().name().toLowerCase(Locale.ROOT))
            .bind("clock", feed.clock().text())
            .bind("dayZone", feed.dayZone().text())
            .bind("closeAfter", feed.closeAfter().toMillis())
            .bind("calendar", feed.calendar().name().toLowerCase(Locale.ROOT))
            .bind("eventTime", feed.eventTime());
    }

    private static OwnedFeed toFeed(Readable row) {
        Feed feed = new Feed(getText(row, "name"),
                PriceBasis.valueOf(getText(row, "price_basis").toUpperCase(Locale.ROOT)),
                FeedClock.parse(getText(row, "clock")), FeedClock.parse(getText(row, "day_zone")),
                Duration.ofMillis(Objects.requireNonNull(row.get("close_after_millis", Long.class))),
                TradingCalendar.valueOf(getText(row, "calendar").toUpperCase(Locale.ROOT)),
                Boolean.TRUE.equals(row.get("event_time", Boolean.class)));
        return new OwnedFeed(feed, Objects.requireNonNull(row.get("owner", UUID.class)));
    }

    private static String getText(Readable row, String column) {
        return Objects.requireNonNull(row.get(column, String.class));
    }

}
