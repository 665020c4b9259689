/**
 * How many items of each feed were rejected, and why.
 */
@NullMarked
package pregao.ingest.rejection;

import org.jspecify.annotations.NullMarked;
