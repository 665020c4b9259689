/**
 * What there is from the first start on: an admin, and what the settings name.
 */
@NullMarked
package pregao.session.identity.bootstrap;

import org.jspecify.annotations.NullMarked;
