/**
 * Where the database keeps M5 to D1 as continuous aggregates: refreshes them for candles
 * that came after the policies had passed.
 */
@NullMarked
package pregao.aggregator.refresh;

import org.jspecify.annotations.NullMarked;
