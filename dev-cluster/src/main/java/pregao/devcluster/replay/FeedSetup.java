package pregao.devcluster.replay;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Locale;

import pregao.contracts.PriceBasis;
import pregao.contracts.feed.Feed;
import pregao.contracts.feed.FeedClock;
import pregao.contracts.feed.TradingCalendar;
import pregao.devcluster.InstallationCredentials;

/**
 * Makes the feed of a replay known to the services before the first row is sent.
 */
final class FeedSetup {

    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(60);

    private final FeedReadinessProbe services;

    private final RunningCluster stack;

    private final PriceBasis basis;

    FeedSetup(HttpClient client, RunningCluster stack, PriceBasis basis) {
        this.services = new FeedReadinessProbe(client, stack.url());
        this.stack = stack;
        this.basis = basis;
    }

    String defaultFeed(ReplayPlan plan) throws IOException {
        return (open(plan).route() == IngestEndpoint.TICKS) ? "replay-" + this.basis.name().toLowerCase(Locale.ROOT)
                : "replay";
    }

    /**
     * A key that the services take for the feed, with the feed's settings as the replay
     * needs them.
     * @param feed the feed's name
     * @param plan what is sent
     * @param out is told of the feed
     * @return the key
     * @throws IOException where the file cannot be read
     * @throws InterruptedException where the thread is to stop
     */
    String keyOf(String feed, ReplayPlan plan, PrintWriter out) throws IOException, InterruptedException {
        String symbol = open(plan).symbol();
        FeedKeyFile keys = FeedKeyFile.in(this.stack.home());
        String key = keys.of(feed);
        Feed settings = new Feed(feed, this.basis, FeedClock.UTC, FeedClock.UTC, Feed.CLOSE_AFTER,
                TradingCalendar.ALWAYS, true);
        // Always published, as the price basis may be another than last time.
        new FeedRegistration(this.stack.kafka()).publish(settings, key,
                new InstallationCredentials(this.stack.home()).owner());
        int status = this.services.await(key, symbol, REQUEST_TIMEOUT);
        if (status != 200) {
            throw new IllegalStateException("the services at %s do not know the feed %s after %d s: %s".formatted(
                    this.stack.url(), feed, REQUEST_TIMEOUT.toSeconds(),
                    (status == 0) ? "no answer; is the system running?" : "status " + status));
        }
        out.printf("feed %s: %s prices, its own time; its key is kept in %s%n", feed,
                this.basis.name().toLowerCase(Locale.ROOT), keys.file());
        return key;
    }

    private static OpenedFeed open(ReplayPlan plan) throws IOException {
        try (CsvTickFile file = CsvTickFile.open(plan.file(), plan.symbol(), plan.timeframe(), plan.digits())) {
            if (!file.hasNext()) {
                throw new UnreadableFileException(plan.file() + " has no rows");
            }
            return new OpenedFeed(file.route(), file.next().symbol());
        }
    }

    private record OpenedFeed(IngestEndpoint route, String symbol) {
    }

}
