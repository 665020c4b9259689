/**
 * The position from which a sender resumes after a pause.
 */
@NullMarked
package pregao.ingest.cursor;

import org.jspecify.annotations.NullMarked;
