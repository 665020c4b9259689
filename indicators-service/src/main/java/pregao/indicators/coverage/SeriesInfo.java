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
 * A series, with its first and last candle and the settings of its feed.
 *
 * @param instrument the instrument
 * @param timeframe the timeframe of the candles
 * @param first the open time of the first candle
 * @param last the open time of the last candle
 * @param feedLast the open time of the last candle of the whole feed
 * @param clock the time zone of the feed's timestamps
 * @param dayZone the zone whose midnight starts the day
 * @param closeAfter how long after its end a candle closes
 * @param calendar when the feed has prices
 * @param eventTime whether the feed runs in event time, as a replay does
 * @param candlesChanged when a setting that changes the values of candles last changed;
 * null if never
 * @param weekends the known weekend hours
 */
public record SeriesInfo(Instrument instrument, Timeframe timeframe, Instant first, Instant last, Instant feedLast,
        FeedClock clock, FeedClock dayZone, Duration closeAfter, TradingCalendar calendar, boolean eventTime,
        @Nullable Instant candlesChanged, WeekendHours weekends) {

    /**
     * Returns the end of the period in which candles are expected: now, or the end of the
     * data for a replay.
     * @param now the time of the request
     * @return the end of the last candle that is due
     */
    public Instant computeEnd(Instant now) {
        return this.eventTime ? closeTime(this.feedLast) : now.minus(this.closeAfter);
    }

    /**
     * Returns the end of the last candle.
     * @return the close time of the last candle
     */
    public Instant lastEnd() {
        return closeTime(this.last);
    }

    /**
     * Returns when candles are expected.
     * @return the hours of the feed's calendar
     */
    public MarketHours marketHours() {
        return new MarketHours(this.calendar, this.weekends);
    }

    /**
     * Returns the grid that the candles start on.
     * @return the grid of the feed's day zone
     */
    public BucketGrid grid() {
        return BucketGrid.of(this.dayZone);
    }

    /**
     * Returns a copy with weekend hours.
     * @param hours the weekend hours, learned from the candles
     * @return the copy
     */
    public SeriesInfo withWeekends(WeekendHours hours) {
        return new SeriesInfo(this.instrument, this.timeframe, this.first, this.last, this.feedLast, this.clock,
                this.dayZone, this.closeAfter, this.calendar, this.eventTime, this.candlesChanged, hours);
    }

    /**
     * Finds missing candles. Nothing is missing before the first candle.
     * @param from the start of the period
     * @param to the end of the period
     * @param minGap the shortest gap
     * @param openTimes the open times of the candles in the period
     * @return which candles exist and which are missing
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
