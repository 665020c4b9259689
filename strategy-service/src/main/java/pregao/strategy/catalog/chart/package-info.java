/**
 * An analysis as a picture.
 */
@NullMarked
package pregao.strategy.catalog.chart;

import org.jspecify.annotations.NullMarked;
