/**
 * The tick pipeline: polls, aggregates, stores, and publishes.
 */
@NullMarked
package pregao.aggregator.pipeline;

import org.jspecify.annotations.NullMarked;
