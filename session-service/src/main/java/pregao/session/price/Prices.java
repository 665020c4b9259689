package pregao.session.price;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

import pregao.session.ingest.IngestDoor;

/**
 * The feeds of all brokers that are configured, each prepared before it begins.
 */
@Component
class Prices implements DisposableBean {

    private static final Duration BOUND = Duration.ofSeconds(15);

    private final List<FeedStreams> streams = new ArrayList<>();

    private final List<BrokerFeed> feeds;

    private final OwnFeeds own;

    private final StreamTable table;

    private final DatabaseClient database;

    private final IngestDoor door;

    private final PriceSettings settings;

    private final MeterRegistry meters;

    private final Clock clock;

    Prices(BrokerFeeds feeds, OwnFeeds own, StreamTable table, DatabaseClient database, IngestDoor door,
            PriceSettings settings, MeterRegistry meters, Clock clock) {
        this.feeds = feeds.all();
        this.own = own;
        this.table = table;
        this.database = database;
        this.door = door;
        this.settings = settings;
        this.meters = meters;
        this.clock = clock;
    }

    /** One turn of each; only one thread comes here. */
    void turn() {
        if (this.streams.isEmpty()) {
            this.feeds.forEach((feed) -> this.own.prepare(feed.settings()).block(BOUND));
            this.feeds.forEach((feed) -> this.streams.add(streams(feed)));
        }
        this.streams.forEach(FeedStreams::turn);
    }

    private FeedStreams streams(BrokerFeed feed) {
        Streaming streaming = new Streaming(feed.key(), this.door, new Tenure(),
                new PriceMeters(this.meters, feed.name()), this.settings.history(), this.clock);
        return new FeedStreams(feed, new Lease(this.database, feed.name()), this.table, this.settings, streaming);
    }

    @Override
    public void destroy() {
        this.streams.forEach(FeedStreams::close);
    }

}
