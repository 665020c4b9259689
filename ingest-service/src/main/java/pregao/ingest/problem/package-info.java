/**
 * Error responses as problem details (RFC 9457).
 */
@NullMarked
package pregao.ingest.problem;

import org.jspecify.annotations.NullMarked;
