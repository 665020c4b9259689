/**
 * What keeps a bot from trading for a while: rules over what it has closed.
 */
@NullMarked
package pregao.market.protection;

import org.jspecify.annotations.NullMarked;
