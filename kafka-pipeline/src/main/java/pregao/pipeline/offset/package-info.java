/**
 * How far each partition is, kept in the database, so that a batch counts once and a
 * replaced owner cannot write.
 */
@NullMarked
package pregao.pipeline.offset;

import org.jspecify.annotations.NullMarked;
