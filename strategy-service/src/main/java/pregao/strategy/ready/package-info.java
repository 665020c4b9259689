/**
 * Whether the service can do its work.
 */
@NullMarked
package pregao.strategy.ready;

import org.jspecify.annotations.NullMarked;
