/**
 * The only door: routes, who may pass, limits.
 */
@NullMarked
package pregao.gateway;

import org.jspecify.annotations.NullMarked;
