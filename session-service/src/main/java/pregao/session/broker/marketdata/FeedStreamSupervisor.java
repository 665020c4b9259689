package pregao.session.broker.marketdata;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

import pregao.background.PeriodicTask;
import pregao.background.SupervisedComponent;
import pregao.background.SupervisedThread;
import pregao.session.broker.ingest.IngestClient;

/**
 * The feeds of all brokers that are configured, each prepared before it begins and on a
 * thread of its own, so that a slow one does not let the lease of another lapse.
 */
@Component
class FeedStreamSupervisor implements SupervisedComponent, DisposableBean {

    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    private static final Duration EVERY = Duration.ofSeconds(1);

    private final List<FeedStreamCoordinator> streams = new ArrayList<>();

    private final List<SupervisedThread> threads = new ArrayList<>();

    private final StreamSubscriptionRepository table;

    private final DatabaseClient database;

    private final IngestClient door;

    private final MarketDataProperties settings;

    private final MeterRegistry meters;

    private final Clock clock;

    FeedStreamSupervisor(BrokerFeedRegistry feeds, SystemFeedProvisioner own, StreamSubscriptionRepository table,
            DatabaseClient database, IngestClient door, MarketDataProperties settings, MeterRegistry meters,
            Clock clock) {
        this.table = table;
        this.database = database;
        this.door = door;
        this.settings = settings;
        this.meters = meters;
        this.clock = clock;
        feeds.all().forEach((feed) -> add(feed, own));
    }

    private void add(BrokerFeed feed, SystemFeedProvisioner own) {
        FeedStreamCoordinator added = streams(feed);
        AtomicBoolean prepared = new AtomicBoolean();
        this.streams.add(added);
        this.threads.addAll(new PeriodicTask("prices-" + feed.name(), EVERY, () -> {
            if (!prepared.get()) {
                own.prepare(feed.settings()).block(TIMEOUT);
                prepared.set(true);
            }
            added.turn();
        }).threads());
    }

    @Override
    public List<SupervisedThread> threads() {
        return this.threads;
    }

    private FeedStreamCoordinator streams(BrokerFeed feed) {
        StreamContext streaming = new StreamContext(feed.key(), this.door, new LeaseValidity(),
                new MarketDataMetrics(this.meters, feed.name()), this.settings.history(), this.clock);
        return new FeedStreamCoordinator(feed, new FeedLeaseRepository(this.database, feed.name()), this.table,
                this.settings, streaming);
    }

    @Override
    public void destroy() {
        this.streams.forEach(FeedStreamCoordinator::close);
    }

}
