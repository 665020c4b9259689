/**
 * What every broker can do for a user, and how that can end.
 */
@NullMarked
package pregao.session.broker.api;

import org.jspecify.annotations.NullMarked;
