/**
 * The catalogue: how patterns did on instruments, beside what chance alone would have
 * done.
 */
@NullMarked
package pregao.market.catalog;

import org.jspecify.annotations.NullMarked;
