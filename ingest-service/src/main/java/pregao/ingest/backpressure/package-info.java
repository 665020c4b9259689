/**
 * How much may be under way at once.
 */
@NullMarked
package pregao.ingest.backpressure;

import org.jspecify.annotations.NullMarked;
