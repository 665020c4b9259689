package pregao.strategy.catalog.candle;

import pregao.contracts.Instrument;
import pregao.contracts.Timeframe;
import pregao.contracts.feed.TradingCalendar;

/**
 * The candles of one timeframe of an instrument: that there are some, and what its feed's
 * settings are. Times are epoch milliseconds.
 *
 * @param instrument of what
 * @param last the open time of the last candle, as far as was noted
 * @param feedLast the open time of the last candle of the whole feed
 * @param calendar when the feed has prices
 * @param eventTime whether its time is that of its data, as in a replay
 */
public record SeriesInfo(Instrument instrument, long last, long feedLast, TradingCalendar calendar, boolean eventTime) {

    /**
     * The moment as of which it is looked at: this one, or for a replay the end of its
     * data.
     * @param now this moment
     * @param timeframe of the candles
     * @return epoch milliseconds
     */
    public long asOf(long now, Timeframe timeframe) {
        return this.eventTime ? this.feedLast + timeframe.millis() : now;
    }

}
