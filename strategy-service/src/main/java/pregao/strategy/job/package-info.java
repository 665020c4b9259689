/**
 * Long-running jobs of users: they report progress, can be cancelled, run on one replica
 * at a time, and keep their results.
 */
@NullMarked
package pregao.strategy.job;

import org.jspecify.annotations.NullMarked;
