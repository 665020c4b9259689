/**
 * The settings of the sources of prices.
 */
@NullMarked
package pregao.contracts.feed;

import org.jspecify.annotations.NullMarked;
