package pregao.ingest.feed;

import java.time.Duration;
import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import pregao.contracts.PriceBasis;
import pregao.contracts.feed.Feed;
import pregao.contracts.feed.FeedClock;
import pregao.contracts.feed.TradingCalendar;

/**
 * Feeds that the service publishes at startup.
 *
 * @param feeds the settings of the feeds
 */
@ConfigurationProperties("pregao")
public record FeedProperties(@DefaultValue List<Entry> feeds) {

    public FeedProperties {
        feeds = List.copyOf(feeds);
    }

    /**
     * Settings of one feed.
     *
     * @param name the name of the feed
     * @param priceBasis the price of a tick from which candles are built
     * @param clock the time zone of the feed's timestamps, such as
     * {@code America/New_York+07:00}
     * @param dayZone the time zone whose midnight starts the trading day, in the same
     * form
     * @param closeAfter how long the aggregator waits for ticks after the end of a minute
     * @param calendar the trading calendar
     * @param eventTime whether the feed is a replay, which runs on event time
     */
    public record Entry(String name, @DefaultValue("mid") PriceBasis priceBasis, @DefaultValue("UTC") String clock,
            @DefaultValue("UTC") String dayZone, @DefaultValue("1s") Duration closeAfter,
            @DefaultValue("auto") TradingCalendar calendar, @DefaultValue("false") boolean eventTime) {

        public Feed toFeed() {
            return new Feed(this.name, this.priceBasis, FeedClock.parse(this.clock), FeedClock.parse(this.dayZone),
                    this.closeAfter, this.calendar, this.eventTime);
        }

    }

}
