/**
 * Order of the filters that a request passes.
 */
@NullMarked
package pregao.gateway.filter;

import org.jspecify.annotations.NullMarked;
