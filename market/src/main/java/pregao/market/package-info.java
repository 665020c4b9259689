/**
 * The logic of the product, in plain Java.
 */
@NullMarked
package pregao.market;

import org.jspecify.annotations.NullMarked;
