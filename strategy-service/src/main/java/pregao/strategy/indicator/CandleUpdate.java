package pregao.strategy.indicator;

import pregao.contracts.candle.Candle;

/**
 * A minute that came.
 *
 * @param candle of M1
 * @param over whether it is over; else a price within it
 */
record CandleUpdate(Candle candle, boolean over) {

}
