/**
 * PostgreSQL on this machine, with fsync on and its data kept.
 */
@NullMarked
package pregao.devcluster.postgres;

import org.jspecify.annotations.NullMarked;
