/**
 * Settings and ownership of feeds.
 */
@NullMarked
package pregao.session.identity.feed;

import org.jspecify.annotations.NullMarked;
