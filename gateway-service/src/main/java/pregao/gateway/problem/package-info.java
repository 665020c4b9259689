/**
 * Error responses as RFC 9457 problem details with a trace ID.
 */
@NullMarked
package pregao.gateway.problem;

import org.jspecify.annotations.NullMarked;
