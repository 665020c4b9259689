/**
 * Ticks into M1, M1 into M5 to D1; owns and stores market data.
 */
@NullMarked
package pregao.aggregator;

import org.jspecify.annotations.NullMarked;
