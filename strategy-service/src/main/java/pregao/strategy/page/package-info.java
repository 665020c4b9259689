/**
 * Lists that are read page by page.
 */
@NullMarked
package pregao.strategy.page;

import org.jspecify.annotations.NullMarked;
