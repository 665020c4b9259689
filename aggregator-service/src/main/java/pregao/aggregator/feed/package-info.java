/**
 * The settings of feeds, which are read from the topic {@code feed}.
 */
@NullMarked
package pregao.aggregator.feed;

import org.jspecify.annotations.NullMarked;
