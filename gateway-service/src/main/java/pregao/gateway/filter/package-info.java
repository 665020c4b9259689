/**
 * The order of all filters that a request passes.
 */
@NullMarked
package pregao.gateway.filter;

import org.jspecify.annotations.NullMarked;
