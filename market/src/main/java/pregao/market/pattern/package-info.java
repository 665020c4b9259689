/**
 * Patterns of colours: which candles they look at, when they enter, and on which side.
 */
@NullMarked
package pregao.market.pattern;

import org.jspecify.annotations.NullMarked;
