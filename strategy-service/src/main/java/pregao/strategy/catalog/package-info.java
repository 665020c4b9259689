/**
 * The catalog: analyses of patterns on many instruments, with the significance of their
 * results.
 */
@NullMarked
package pregao.strategy.catalog;

import org.jspecify.annotations.NullMarked;
