package pregao.indicators.marketdata;

import java.time.Instant;

/**
 * The range of open times of a series.
 *
 * @param first the open time of the first candle
 * @param last the open time of the last candle
 */
record SeriesRange(Instant first, Instant last) {
}
