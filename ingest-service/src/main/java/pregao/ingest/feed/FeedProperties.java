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
 * Feeds that are published at start.
 *
 * @param feeds their settings
 */
@ConfigurationProperties("pregao")
public record FeedProperties(@DefaultValue List<Entry> feeds) {

    public FeedProperties {
        feeds = List.copyOf(feeds);
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
    public record Entry(String name, @DefaultValue("mid") PriceBasis priceBasis, @DefaultValue("UTC") String clock,
            @DefaultValue("UTC") String dayZone, @DefaultValue("1s") Duration closeAfter,
            @DefaultValue("auto") TradingCalendar calendar, @DefaultValue("false") boolean eventTime) {

        public Feed toFeed() {
            return new Feed(this.name, this.priceBasis, FeedClock.parse(this.clock), FeedClock.parse(this.dayZone),
                    this.closeAfter, this.calendar, this.eventTime);
        }

    }

}
