/**
 * What is asked of every request before a controller sees it.
 */
@NullMarked
package pregao.webapi.request;

import org.jspecify.annotations.NullMarked;
