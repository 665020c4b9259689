/**
 * How a browser, which can send no header with it, opens a WebSocket: with a ticket that
 * is good once and shortly, and from a page that is listed.
 */
@NullMarked
package pregao.gateway.ticket;

import org.jspecify.annotations.NullMarked;
