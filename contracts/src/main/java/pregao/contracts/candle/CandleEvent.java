package pregao.contracts.candle;

import pregao.contracts.Price;

/**
 * A candle as it crosses Kafka.
 *
 * @param candle stored, or the forming M1
 * @param lastBid the last quote of a forming M1 built from ticks, units of 1e-8; else 0
 * @param lastAsk as {@code lastBid}
 */
public record CandleEvent(Candle candle, long lastBid, long lastAsk) {

    public CandleEvent {
        if (lastBid != 0 || lastAsk != 0) {
            Price.checked(lastBid, "last bid");
            Price.checked(lastAsk, "last ask");
        }
    }

    /**
     * The event of a candle without a quote.
     * @param candle a candle
     * @return the event
     */
    public static CandleEvent of(Candle candle) {
        return new CandleEvent(candle, 0, 0);
    }

}
