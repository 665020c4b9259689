/**
 * Whether the service can do its work.
 */
@NullMarked
package pregao.session.health;

import org.jspecify.annotations.NullMarked;
