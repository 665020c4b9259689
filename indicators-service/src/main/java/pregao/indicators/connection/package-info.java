/**
 * Connections of callers, as far as the server does not care for them itself.
 */
@NullMarked
package pregao.indicators.connection;

import org.jspecify.annotations.NullMarked;
