/**
 * How far each partition is, kept in the database, so that a batch counts once and a
 * replaced owner cannot write.
 */
@NullMarked
package pregao.loop.fence;

import org.jspecify.annotations.NullMarked;
