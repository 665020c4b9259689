/**
 * Requests to fill gaps, which are published to the topic {@code backfill}, and gauges of
 * the data quality.
 */
@NullMarked
package pregao.indicators.backfill;

import org.jspecify.annotations.NullMarked;
