package pregao.session.price;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

import pregao.background.Repetition;
import pregao.background.Supervised;
import pregao.background.SupervisedThread;
import pregao.session.ingest.IngestDoor;

/**
 * The feeds of all brokers that are configured, each prepared before it begins and on a
 * thread of its own, so that a slow one does not let the lease of another lapse.
 */
@Component
class Prices implements Supervised, DisposableBean {

    private static final Duration BOUND = Duration.ofSeconds(15);

    private static final Duration EVERY = Duration.ofSeconds(1);

    private final List<FeedStreams> streams = new ArrayList<>();

    private final List<SupervisedThread> threads = new ArrayList<>();

    private final StreamTable table;

    private final DatabaseClient database;

    private final IngestDoor door;

    private final PriceSettings settings;

    private final MeterRegistry meters;

    private final Clock clock;

    Prices(BrokerFeeds feeds, OwnFeeds own, StreamTable table, DatabaseClient database, IngestDoor door,
            PriceSettings settings, MeterRegistry meters, Clock clock) {
        this.table = table;
        this.database = database;
        this.door = door;
        this.settings = settings;
        this.meters = meters;
        this.clock = clock;
        feeds.all().forEach((feed) -> add(feed, own));
    }

    private void add(BrokerFeed feed, OwnFeeds own) {
        FeedStreams added = streams(feed);
        AtomicBoolean prepared = new AtomicBoolean();
        this.streams.add(added);
        this.threads.addAll(new Repetition("prices-" + feed.name(), EVERY, () -> {
            if (!prepared.get()) {
                own.prepare(feed.settings()).block(BOUND);
                prepared.set(true);
            }
            added.turn();
        }).threads());
    }

    @Override
    public List<SupervisedThread> threads() {
        return this.threads;
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
