/**
 * The client of Polarium, a white label of Quadcode.
 */
@NullMarked
package pregao.session.polarium;

import org.jspecify.annotations.NullMarked;
