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
 * Feeds and API keys that are created for the first admin at startup. Existing ones are
 * not changed.
 *
 * @param feeds the feeds
 * @param keys the API keys, hashed
 */
@ConfigurationProperties("pregao")
public record BootstrapProperties(@DefaultValue List<FirstFeed> feeds, @DefaultValue List<FirstKey> keys) {

    public BootstrapProperties {
        feeds = List.copyOf(feeds);
        keys = List.copyOf(keys);
    }

    /**
     * Feed to create.
     *
     * @param name the feed name
     * @param priceBasis the price of a tick that candles are made of
     * @param clock the time zone of the feed's timestamps, such as {@code
     * America/New_York+07:00}
     * @param dayZone the time zone whose midnight starts the day, in the same form
     * @param closeAfter the delay after the end of a minute before its candle is closed
     * @param calendar the trading calendar, which says when prices are expected
     * @param eventTime whether candles close by the times of later ticks instead of the
     * clock, for replays
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
     * API key to create.
     *
     * @param hash the SHA-256 hash of the key, 64 lowercase hex digits
     * @param feed the only feed that the key may write to
     * @param scopes the scopes of the key
     */
    public record FirstKey(String hash, @DefaultValue("mt5") String feed, @DefaultValue( {
            "ingest", "read" }) Set<Scope> scopes){

    }

}
