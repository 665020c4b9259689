/**
 * The topic {@code trade}: what was traded.
 */
@NullMarked
package pregao.contracts.trade;

import org.jspecify.annotations.NullMarked;
