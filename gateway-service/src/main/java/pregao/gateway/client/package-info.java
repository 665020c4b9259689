/**
 * Client addresses, CORS, origins of WebSockets and response times.
 */
@NullMarked
package pregao.gateway.client;

import org.jspecify.annotations.NullMarked;
