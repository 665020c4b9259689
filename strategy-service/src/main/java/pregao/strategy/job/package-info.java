/**
 * Long work that somebody asked for: with progress, to be cancelled, done once however
 * many replicas there are, and kept.
 */
@NullMarked
package pregao.strategy.job;

import org.jspecify.annotations.NullMarked;
