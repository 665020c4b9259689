/**
 * What chance alone would do: how sure a rate is, and what it costs to bet on it.
 */
@NullMarked
package pregao.market.statistics;

import org.jspecify.annotations.NullMarked;
