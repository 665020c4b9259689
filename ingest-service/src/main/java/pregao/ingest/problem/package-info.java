/**
 * Answers to requests that fail, as RFC 9457 wants them.
 */
@NullMarked
package pregao.ingest.problem;

import org.jspecify.annotations.NullMarked;
