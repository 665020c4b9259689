/**
 * Read access to the database.
 */
@NullMarked
package pregao.ingest.database;

import org.jspecify.annotations.NullMarked;
