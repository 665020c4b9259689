/**
 * Aggregates ticks into M1 candles and M1 candles into M5 to D1, and owns the tables of
 * market data.
 */
@NullMarked
package pregao.aggregator;

import org.jspecify.annotations.NullMarked;
