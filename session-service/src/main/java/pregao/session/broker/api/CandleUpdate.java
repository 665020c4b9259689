package pregao.session.broker.api;

/**
 * What a stream says of a candle.
 *
 * @param candle as it is now
 * @param closed whether it will not change any more
 */
public record CandleUpdate(BrokerCandle candle, boolean closed) {

}
