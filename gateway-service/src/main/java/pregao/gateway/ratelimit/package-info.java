/**
 * How often a caller may ask.
 */
@NullMarked
package pregao.gateway.ratelimit;

import org.jspecify.annotations.NullMarked;
