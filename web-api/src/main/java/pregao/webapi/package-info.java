/**
 * How services answer: problem details, and whose token it is.
 */
@NullMarked
package pregao.webapi;

import org.jspecify.annotations.NullMarked;
