/**
 * Checks of every request before it reaches a controller.
 */
@NullMarked
package pregao.webapi.request;

import org.jspecify.annotations.NullMarked;
