package pregao.indicators.coverage;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Instrument;
import pregao.contracts.Timeframe;
import pregao.contracts.feed.BucketGrid;
import pregao.contracts.feed.FeedClock;
import pregao.contracts.feed.TradingCalendar;
import pregao.market.dataquality.Coverage;
import pregao.market.dataquality.GapDetector;
import pregao.market.dataquality.MarketHours;
import pregao.market.dataquality.WeekendHours;

/**
 * The candles of one timeframe of an instrument: from where to where, and what its feed's
 * settings are.
 *
 * @param instrument of what
 * @param timeframe how long the candles are
 * @param first the open time of the first candle
 * @param last the open time of the last candle
 * @param feedLast the open time of the last candle of the whole feed
 * @param clock what the feed's times mean
 * @param dayZone whose midnight starts the day
 * @param closeAfter how long a candle waits after its end
 * @param calendar when the feed has prices
 * @param eventTime whether its time is that of its data
 * @param candlesChanged when a setting that changes the values of candles last changed;
 * null where none has
 * @param weekends what is known of its weekends
 */
public record SeriesInfo(Instrument instrument, Timeframe timeframe, Instant first, Instant last, Instant feedLast,
        FeedClock clock, FeedClock dayZone, Duration closeAfter, TradingCalendar calendar, boolean eventTime,
        @Nullable Instant candlesChanged, WeekendHours weekends) {

    /**
     * The end of what can be there: now, or for a replay the end of its data.
     * @param now the moment of the question
     * @return the end of the last candle that is due
     */
    public Instant computeEnd(Instant now) {
        return this.eventTime ? closeTime(this.feedLast) : now.minus(this.closeAfter);
    }

    /**
     * The end of the last candle.
     * @return behind its open time
     */
    public Instant lastEnd() {
        return closeTime(this.last);
    }

    /**
     * When candles are expected.
     * @return by the feed's calendar
     */
    public MarketHours marketHours() {
        return new MarketHours(this.calendar, this.weekends);
    }

    /**
     * Returns on which grid its candles start.
     * @return the grid of the feed's day zone
     */
    public BucketGrid grid() {
        return BucketGrid.of(this.dayZone);
    }

    /**
     * Returns the same series with what is known of its weekends.
     * @param hours learned from its candles
     * @return a copy
     */
    public SeriesInfo withWeekends(WeekendHours hours) {
        return new SeriesInfo(this.instrument, this.timeframe, this.first, this.last, this.feedLast, this.clock,
                this.dayZone, this.closeAfter, this.calendar, this.eventTime, this.candlesChanged, hours);
    }

    /**
     * Looks for what is missing; before the first candle nothing is.
     * @param from the first moment
     * @param to the end
     * @param minGap what is missing for less is no gap
     * @param openTimes of the candles there are in that time
     * @return what is there and what is not
     */
    public Coverage findGaps(Instant from, Instant to, Duration minGap, long[] openTimes) {
        long start = Math.max(from.toEpochMilli(), this.first.toEpochMilli());
        return new GapDetector(grid(), this.timeframe, marketHours(), minGap).search(start,
                Math.max(start, to.toEpochMilli()), openTimes);
    }

    private Instant closeTime(Instant openTime) {
        return Instant.ofEpochMilli(grid().bucketEnd(this.timeframe, openTime.toEpochMilli()));
    }

}
