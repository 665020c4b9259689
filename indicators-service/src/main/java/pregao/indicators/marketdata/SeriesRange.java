package pregao.indicators.marketdata;

import java.time.Instant;

/**
 * How far the candles of one timeframe of an instrument go.
 *
 * @param first the open time of the first candle
 * @param last the open time of the last candle
 */
record SeriesRange(Instant first, Instant last) {
}
