/**
 * What may be put at risk: limits of an account, and what of them is used.
 */
@NullMarked
package pregao.market.risk;

import org.jspecify.annotations.NullMarked;
