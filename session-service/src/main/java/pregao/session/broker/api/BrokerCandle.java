package pregao.session.broker.api;

import java.math.BigDecimal;

import pregao.contracts.Prices;

/**
 * A candle as a broker reports it.
 *
 * @param id the sequence number; it follows that of the previous candle, so a jump is a
 * gap
 * @param from the open time in epoch seconds
 * @param seconds the duration in seconds
 * @param open the open price in units of 1e-8
 * @param high the high price in units of 1e-8
 * @param low the low price in units of 1e-8
 * @param close the close price in units of 1e-8
 * @param volume the volume in the broker's unit, often 0
 */
public record BrokerCandle(long id, long from, int seconds, long open, long high, long low, long close,
        BigDecimal volume) {

    public BrokerCandle {
        if (from % seconds != 0) {
            throw new IllegalArgumentException("start %d is not a multiple of %d".formatted(from, seconds));
        }
        if (low <= 0 || high > Prices.MAX || high < Math.max(open, close) || low > Math.min(open, close)) {
            throw new IllegalArgumentException("high %s and low %s do not enclose open %s and close %s"
                .formatted(Prices.toText(high), Prices.toText(low), Prices.toText(open), Prices.toText(close)));
        }
    }

    public BrokerCandle(long id, long from, int seconds, long open, long high, long low, long close, long volume) {
        this(id, from, seconds, open, high, low, close, BigDecimal.valueOf(volume));
    }

    /**
     * Returns the exclusive end of the candle.
     * @return the end in epoch seconds
     */
    public long to() {
        return this.from + this.seconds;
    }

}
