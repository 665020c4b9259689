/**
 * Circuit breakers and retries for services that do not respond.
 */
@NullMarked
package pregao.gateway.circuitbreaker;

import org.jspecify.annotations.NullMarked;
