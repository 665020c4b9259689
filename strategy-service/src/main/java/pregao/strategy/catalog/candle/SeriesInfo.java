package pregao.strategy.catalog.candle;

import pregao.contracts.Instrument;
import pregao.contracts.Timeframe;
import pregao.contracts.feed.TradingCalendar;

/**
 * A series of candles of one instrument and timeframe, with the settings of its feed.
 * Times are epoch milliseconds.
 *
 * @param instrument the instrument
 * @param last the open time of the last recorded candle
 * @param feedLast the open time of the last candle of the whole feed
 * @param calendar the trading calendar of the feed
 * @param eventTime whether the feed runs on the time of its data, as in a replay
 */
public record SeriesInfo(Instrument instrument, long last, long feedLast, TradingCalendar calendar, boolean eventTime) {

    /**
     * Returns the reference time of an evaluation: the current time, or for a replay the
     * end of its data.
     * @param now the current time
     * @param timeframe the timeframe of the candles
     * @return the time in epoch milliseconds
     */
    public long asOf(long now, Timeframe timeframe) {
        return this.eventTime ? this.feedLast + timeframe.millis() : now;
    }

}
