/**
 * What is asked of every request before a controller sees it.
 */
@NullMarked
package pregao.http.request;

import org.jspecify.annotations.NullMarked;
