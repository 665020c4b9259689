package pregao.session.broker.api;

import java.math.BigDecimal;

import pregao.contracts.Prices;

/**
 * A candle as a broker tells it.
 *
 * @param id follows that of the candle before; a jump is a gap
 * @param from its start, epoch seconds
 * @param seconds how long it is
 * @param open units of 1e-8
 * @param high units of 1e-8
 * @param low units of 1e-8
 * @param close units of 1e-8
 * @param volume as the broker counts, often 0
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
     * The first moment not in it.
     * @return epoch seconds
     */
    public long to() {
        return this.from + this.seconds;
    }

}
