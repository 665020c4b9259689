/**
 * How the stored data is read.
 */
@NullMarked
package pregao.ingest.database;

import org.jspecify.annotations.NullMarked;
