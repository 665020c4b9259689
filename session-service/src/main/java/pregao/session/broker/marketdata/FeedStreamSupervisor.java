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
 * The supervisor of the feeds of all configured brokers. Each feed is provisioned before
 * it starts and runs on a thread of its own, so that a slow feed does not let the lease
 * of another expire.
 */
@Component
class FeedStreamSupervisor implements SupervisedComponent, DisposableBean {

    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final List<FeedStreamCoordinator> coordinators = new ArrayList<>();

    private final List<SupervisedThread> threads = new ArrayList<>();

    private final StreamSubscriptionRepository subscriptions;

    private final DatabaseClient database;

    private final IngestClient ingestClient;

    private final MarketDataProperties settings;

    private final MeterRegistry meterRegistry;

    private final Clock clock;

    FeedStreamSupervisor(BrokerFeedRegistry feeds, SystemFeedProvisioner provisioner,
            StreamSubscriptionRepository subscriptions, DatabaseClient database, IngestClient ingestClient,
            MarketDataProperties settings, MeterRegistry meterRegistry, Clock clock) {
        this.subscriptions = subscriptions;
        this.database = database;
        this.ingestClient = ingestClient;
        this.settings = settings;
        this.meterRegistry = meterRegistry;
        this.clock = clock;
        feeds.getAll().forEach((feed) -> addFeed(feed, provisioner));
    }

    private void addFeed(BrokerFeed feed, SystemFeedProvisioner provisioner) {
        FeedStreamCoordinator coordinator = createCoordinator(feed);
        AtomicBoolean prepared = new AtomicBoolean();
        this.coordinators.add(coordinator);
        this.threads.addAll(new PeriodicTask("prices-" + feed.name(), INTERVAL, () -> {
            if (!prepared.get()) {
                provisioner.provision(feed.settings()).block(TIMEOUT);
                prepared.set(true);
            }
            coordinator.reconcileStreams();
        }).threads());
    }

    @Override
    public List<SupervisedThread> threads() {
        return this.threads;
    }

    private FeedStreamCoordinator createCoordinator(BrokerFeed feed) {
        StreamContext context = new StreamContext(feed.key(), this.ingestClient, new LeaseValidity(),
                new MarketDataMetrics(this.meterRegistry, feed.name()), this.settings.history(), this.clock);
        return new FeedStreamCoordinator(feed, new FeedLeaseRepository(this.database, feed.name()), this.subscriptions,
                this.settings, context);
    }

    @Override
    public void destroy() {
        this.coordinators.forEach(FeedStreamCoordinator::close);
    }

}
