/**
 * The one loop: poll, fold, store, publish.
 */
@NullMarked
package pregao.aggregator.loop;

import org.jspecify.annotations.NullMarked;
