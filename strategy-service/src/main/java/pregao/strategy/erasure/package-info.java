/**
 * What goes when an account at a broker or a person goes.
 */
@NullMarked
package pregao.strategy.erasure;

import org.jspecify.annotations.NullMarked;
