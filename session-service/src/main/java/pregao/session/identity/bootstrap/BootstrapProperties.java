package pregao.session.identity.bootstrap;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import pregao.contracts.PriceBasis;
import pregao.contracts.feed.Feed;
import pregao.contracts.feed.FeedClock;
import pregao.contracts.feed.TradingCalendar;
import pregao.contracts.key.Scope;

/**
 * Feeds and keys of the first admin that there are from the start on; those that are
 * there already stay as they are.
 *
 * @param feeds their settings
 * @param keys hashed
 */
@ConfigurationProperties("pregao")
public record BootstrapProperties(@DefaultValue List<FirstFeed> feeds, @DefaultValue List<FirstKey> keys) {

    public BootstrapProperties {
        feeds = List.copyOf(feeds);
        keys = List.copyOf(keys);
    }

    /**
     * One feed.
     *
     * @param name its name
     * @param priceBasis which price of a tick makes candles
     * @param clock what its times mean, such as {@code America/New_York+07:00}
     * @param dayZone whose midnight starts the day, in the same form
     * @param closeAfter how long after its end a minute waits
     * @param calendar when prices are expected
     * @param eventTime for replays
     */
    public record FirstFeed(String name, @DefaultValue("mid") PriceBasis priceBasis, @DefaultValue("UTC") String clock,
            @DefaultValue("UTC") String dayZone, @DefaultValue("1s") Duration closeAfter,
            @DefaultValue("auto") TradingCalendar calendar, @DefaultValue("false") boolean eventTime) {

        Feed toFeed() {
            return new Feed(this.name, this.priceBasis, FeedClock.parse(this.clock), FeedClock.parse(this.dayZone),
                    this.closeAfter, this.calendar, this.eventTime);
        }

    }

    /**
     * One key.
     *
     * @param hash SHA-256, 64 hex digits in lower case
     * @param feed the one feed it writes to
     * @param scopes what it may do
     */
    public record FirstKey(String hash, @DefaultValue("mt5") String feed, @DefaultValue( {
            "ingest", "read" }) Set<Scope> scopes){

    }

}
