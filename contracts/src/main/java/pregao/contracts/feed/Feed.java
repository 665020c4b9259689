package pregao.contracts.feed;

import java.time.Duration;

import pregao.contracts.Instrument;
import pregao.contracts.PriceBasis;

/**
 * The settings of one source of prices.
 *
 * @param name as in {@link pregao.contracts.Instrument#feed()}
 * @param basis which price of a tick makes candles
 * @param clock what its times mean
 * @param dayZone whose midnight starts the day, for {@link BucketGrid}
 * @param closeAfter how long after its end a minute waits for ticks under way, at most a
 * minute
 * @param calendar when prices are expected
 * @param eventTime for replays: minutes close on later ticks or at the end
 */
public record Feed(String name, PriceBasis basis, FeedClock clock, FeedClock dayZone, Duration closeAfter,
        TradingCalendar calendar, boolean eventTime) {

    /** How long a minute waits where nothing else is said. */
    public static final Duration CLOSE_AFTER = Duration.ofSeconds(1);

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    public Feed {
        if (!name.matches(Instrument.FEED_PATTERN)) {
            throw new IllegalArgumentException("feed '%s' does not match %s".formatted(name, Instrument.FEED_PATTERN));
        }
        if (closeAfter.isNegative() || closeAfter.compareTo(LONGEST_WAIT) > 0) {
            throw new IllegalArgumentException("close_after is from 0 s to 60 s, not " + closeAfter);
        }
    }

    /**
     * A feed that says nothing but its name.
     * @param name the name
     * @return mid prices, UTC, UTC days, one second, calendar
     * {@link TradingCalendar#AUTO}
     */
    public static Feed named(String name) {
        return new Feed(name, PriceBasis.MID, FeedClock.UTC, FeedClock.UTC, CLOSE_AFTER, TradingCalendar.AUTO, false);
    }

    /**
     * Returns the grid on which the candles of this feed start.
     * @return the grid of its day zone
     */
    public BucketGrid grid() {
        return BucketGrid.of(this.dayZone);
    }

}
