/**
 * What goes out: wishes that somebody fill the gaps, and gauges of how good the data is.
 */
@NullMarked
package pregao.indicators.backfill;

import org.jspecify.annotations.NullMarked;
