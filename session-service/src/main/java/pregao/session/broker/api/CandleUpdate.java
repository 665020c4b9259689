package pregao.session.broker.api;

/**
 * An update of a candle in a stream.
 *
 * @param candle the candle in its current state
 * @param closed whether the candle is final
 */
public record CandleUpdate(BrokerCandle candle, boolean closed) {

}
