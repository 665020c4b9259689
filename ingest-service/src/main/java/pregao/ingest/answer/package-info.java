/**
 * Compact JSON, written byte by byte.
 */
@NullMarked
package pregao.ingest.answer;

import org.jspecify.annotations.NullMarked;
