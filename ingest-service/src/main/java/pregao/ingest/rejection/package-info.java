/**
 * Counts of rejected items by feed and reason.
 */
@NullMarked
package pregao.ingest.rejection;

import org.jspecify.annotations.NullMarked;
