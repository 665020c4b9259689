/**
 * Exact arithmetic on wide integers and fixed-point decimals.
 */
@NullMarked
package pregao.market.math;

import org.jspecify.annotations.NullMarked;
