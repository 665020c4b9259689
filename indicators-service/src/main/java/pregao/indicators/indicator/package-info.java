/**
 * Indicators of every series: what is remembered of it, what is recomputed, and where
 * values are stored.
 */
@NullMarked
package pregao.indicators.indicator;

import org.jspecify.annotations.NullMarked;
