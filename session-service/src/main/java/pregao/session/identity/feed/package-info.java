/**
 * The settings of feeds, and whose they are.
 */
@NullMarked
package pregao.session.identity.feed;

import org.jspecify.annotations.NullMarked;
