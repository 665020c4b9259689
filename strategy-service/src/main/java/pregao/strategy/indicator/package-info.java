/**
 * Where candles with their indicators come in, and every bot decides on them.
 */
@NullMarked
package pregao.strategy.indicator;

import org.jspecify.annotations.NullMarked;
