/**
 * The stored instruments, with their first and last candles.
 */
@NullMarked
package pregao.indicators.instruments;

import org.jspecify.annotations.NullMarked;
