/**
 * Tickets that open WebSockets. A browser cannot send an {@code Authorization} header
 * with a handshake, so it sends a short-lived single-use ticket instead.
 */
@NullMarked
package pregao.gateway.ticket;

import org.jspecify.annotations.NullMarked;
