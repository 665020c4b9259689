/**
 * The log of what happened that matters to security.
 */
@NullMarked
package pregao.session.event;

import org.jspecify.annotations.NullMarked;
