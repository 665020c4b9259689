/**
 * Whether the service can do its work.
 */
@NullMarked
package pregao.session.ready;

import org.jspecify.annotations.NullMarked;
