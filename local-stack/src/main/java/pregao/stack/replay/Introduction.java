package pregao.stack.replay;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Locale;

import pregao.contracts.PriceBasis;
import pregao.contracts.feed.Calendar;
import pregao.contracts.feed.Feed;
import pregao.contracts.feed.FeedClock;
import pregao.stack.Keys;

/**
 * Makes the feed of a replay known to the services before the first row is sent.
 */
final class Introduction {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final KnownFeed services;

    private final RunningStack stack;

    private final PriceBasis basis;

    Introduction(HttpClient client, RunningStack stack, PriceBasis basis) {
        this.services = new KnownFeed(client, stack.url());
        this.stack = stack;
        this.basis = basis;
    }

    String defaultFeed(ReplayPlan plan) throws IOException {
        return (open(plan).route() == Route.TICKS) ? "replay-" + this.basis.name().toLowerCase(Locale.ROOT) : "replay";
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
        FeedKeys keys = FeedKeys.in(this.stack.home());
        String key = keys.of(feed);
        Feed settings = new Feed(feed, this.basis, FeedClock.UTC, FeedClock.UTC, Feed.CLOSE_AFTER, Calendar.ALWAYS,
                true);
        // Always published, as the price basis may be another than last time.
        new FeedAnnouncement(this.stack.kafka()).publish(settings, key, new Keys(this.stack.home()).owner());
        int status = this.services.await(key, symbol, PATIENCE);
        if (status != 200) {
            throw new IllegalStateException("the services at %s do not know the feed %s after %d s: %s".formatted(
                    this.stack.url(), feed, PATIENCE.toSeconds(),
                    (status == 0) ? "no answer; is the system running?" : "status " + status));
        }
        out.printf("feed %s: %s prices, its own time; its key is kept in %s%n", feed,
                this.basis.name().toLowerCase(Locale.ROOT), keys.file());
        return key;
    }

    private static Opened open(ReplayPlan plan) throws IOException {
        try (RecordedFile file = RecordedFile.open(plan.file(), plan.symbol(), plan.timeframe(), plan.digits())) {
            if (!file.hasNext()) {
                throw new UnreadableFileException(plan.file() + " has no rows");
            }
            return new Opened(file.route(), file.next().symbol());
        }
    }

    private record Opened(Route route, String symbol) {
    }

}
