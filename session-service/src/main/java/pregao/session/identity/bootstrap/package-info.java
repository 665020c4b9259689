/**
 * Initial data: the first admin, and the configured feeds and API keys.
 */
@NullMarked
package pregao.session.identity.bootstrap;

import org.jspecify.annotations.NullMarked;
