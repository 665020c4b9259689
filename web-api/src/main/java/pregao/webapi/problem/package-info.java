/**
 * How every error is told: RFC 9457 problem details with a trace id.
 */
@NullMarked
package pregao.webapi.problem;

import org.jspecify.annotations.NullMarked;
