/**
 * How much may be under way at once.
 */
@NullMarked
package pregao.ingest.limit;

import org.jspecify.annotations.NullMarked;
