/**
 * The indicators of every series: their state in memory, their recalculation, and their
 * storage.
 */
@NullMarked
package pregao.indicators.indicator;

import org.jspecify.annotations.NullMarked;
