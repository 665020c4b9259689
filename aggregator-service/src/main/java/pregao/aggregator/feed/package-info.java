/**
 * The settings of feeds, as their topic says.
 */
@NullMarked
package pregao.aggregator.feed;

import org.jspecify.annotations.NullMarked;
