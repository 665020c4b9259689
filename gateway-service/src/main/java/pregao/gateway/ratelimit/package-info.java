/**
 * Rate limits of callers.
 */
@NullMarked
package pregao.gateway.ratelimit;

import org.jspecify.annotations.NullMarked;
