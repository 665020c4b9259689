/**
 * Error responses as RFC 9457 problem details with a trace ID.
 */
@NullMarked
package pregao.webapi.problem;

import org.jspecify.annotations.NullMarked;
