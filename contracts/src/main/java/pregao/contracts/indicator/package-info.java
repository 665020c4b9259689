/**
 * What the indicators-service says to all: candles with their indicators.
 */
@NullMarked
package pregao.contracts.indicator;

import org.jspecify.annotations.NullMarked;
