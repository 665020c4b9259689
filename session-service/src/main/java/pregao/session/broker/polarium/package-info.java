/**
 * Client for Polarium, a white label of Quadcode.
 */
@NullMarked
package pregao.session.broker.polarium;

import org.jspecify.annotations.NullMarked;
