/**
 * Where a sender goes on after a pause.
 */
@NullMarked
package pregao.ingest.cursor;

import org.jspecify.annotations.NullMarked;
