/**
 * PostgreSQL on this machine, with fsync on and its data kept.
 */
@NullMarked
package pregao.stack.postgres;

import org.jspecify.annotations.NullMarked;
