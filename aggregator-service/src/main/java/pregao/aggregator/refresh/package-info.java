/**
 * Refreshes M5 to D1 if the database keeps them as continuous aggregates, for candles
 * that arrived after the refresh policies had run.
 */
@NullMarked
package pregao.aggregator.refresh;

import org.jspecify.annotations.NullMarked;
