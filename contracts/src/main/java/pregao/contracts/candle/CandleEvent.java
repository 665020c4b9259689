package pregao.contracts.candle;

import pregao.contracts.Prices;

/**
 * A candle as it crosses Kafka.
 *
 * @param candle stored, or the forming M1
 * @param lastBid the last quote of a forming M1 built from ticks, units of 1e-8; else 0
 * @param lastAsk as {@code lastBid}
 * @param withdrawn whether the candle was removed; it then says what stood last, is not
 * final, and has the next revision
 */
public record CandleEvent(Candle candle, long lastBid, long lastAsk, boolean withdrawn) {

    public CandleEvent {
        if (lastBid != 0 || lastAsk != 0) {
            Prices.checked(lastBid, "last bid");
            Prices.checked(lastAsk, "last ask");
        }
        if (withdrawn && candle.isFinal()) {
            throw new IllegalArgumentException("a withdrawn candle is not final");
        }
    }

    /**
     * The event of a candle that stands.
     * @param candle a candle
     * @param lastBid the last quote, units of 1e-8; else 0
     * @param lastAsk as {@code lastBid}
     */
    public CandleEvent(Candle candle, long lastBid, long lastAsk) {
        this(candle, lastBid, lastAsk, false);
    }

    /**
     * The event of a candle without a quote.
     * @param candle a candle
     * @return the event
     */
    public static CandleEvent of(Candle candle) {
        return new CandleEvent(candle, 0, 0);
    }

    /**
     * The event of a candle that was removed.
     * @param candle as it stood last, with the next revision
     * @return the event
     */
    public static CandleEvent withdrawn(Candle candle) {
        return new CandleEvent(candle.withFinality(false), 0, 0, true);
    }

}
