package pregao.strategy.indicator;

import pregao.contracts.candle.Candle;

/**
 * An update of an M1 candle.
 *
 * @param candle the M1 candle
 * @param over true if the candle is final, false if it is forming
 */
record CandleUpdate(Candle candle, boolean over) {

}
