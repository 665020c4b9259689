/**
 * The catalogue: how patterns did on many instruments, and what that is worth.
 */
@NullMarked
package pregao.strategy.catalog;

import org.jspecify.annotations.NullMarked;
