/**
 * Connections of callers, as far as the server does not care for them itself.
 */
@NullMarked
package pregao.gateway.connection;

import org.jspecify.annotations.NullMarked;
