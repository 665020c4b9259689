/**
 * Removal of data when a broker account or a user is erased.
 */
@NullMarked
package pregao.strategy.erasure;

import org.jspecify.annotations.NullMarked;
