/**
 * Cursor-based pagination of lists.
 */
@NullMarked
package pregao.strategy.page;

import org.jspecify.annotations.NullMarked;
