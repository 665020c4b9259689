/**
 * Which path goes to which service, and with which headers.
 */
@NullMarked
package pregao.gateway.route;

import org.jspecify.annotations.NullMarked;
