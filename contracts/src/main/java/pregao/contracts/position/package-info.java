/**
 * The topic {@code position}: what is held.
 */
@NullMarked
package pregao.contracts.position;

import org.jspecify.annotations.NullMarked;
