/**
 * The one loop: poll, fold, store, publish.
 */
@NullMarked
package pregao.aggregator.pipeline;

import org.jspecify.annotations.NullMarked;
