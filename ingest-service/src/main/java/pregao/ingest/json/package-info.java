/**
 * Compact JSON, written byte by byte.
 */
@NullMarked
package pregao.ingest.json;

import org.jspecify.annotations.NullMarked;
