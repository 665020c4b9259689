/**
 * The offsets of partitions in the database. They are stored with the results, so that
 * each record counts exactly once and a replaced owner cannot write.
 */
@NullMarked
package pregao.pipeline.offset;

import org.jspecify.annotations.NullMarked;
