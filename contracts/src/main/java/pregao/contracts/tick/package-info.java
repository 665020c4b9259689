/**
 * What ingest says to the aggregator: ticks.
 */
@NullMarked
package pregao.contracts.tick;

import org.jspecify.annotations.NullMarked;
