/**
 * How often a caller may ask.
 */
@NullMarked
package pregao.gateway.rate;

import org.jspecify.annotations.NullMarked;
