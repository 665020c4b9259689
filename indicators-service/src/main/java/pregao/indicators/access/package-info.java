/**
 * Who may read: callers with a token of the gateway.
 */
@NullMarked
package pregao.indicators.access;

import org.jspecify.annotations.NullMarked;
