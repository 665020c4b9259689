/**
 * Which instruments are stored, and from when to when.
 */
@NullMarked
package pregao.indicators.instruments;

import org.jspecify.annotations.NullMarked;
