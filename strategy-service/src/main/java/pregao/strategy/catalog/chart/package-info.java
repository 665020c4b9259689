/**
 * Renders analyses as charts.
 */
@NullMarked
package pregao.strategy.catalog.chart;

import org.jspecify.annotations.NullMarked;
