/**
 * Routes to the services, and the headers of forwarded requests.
 */
@NullMarked
package pregao.gateway.route;

import org.jspecify.annotations.NullMarked;
