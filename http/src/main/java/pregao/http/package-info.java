/**
 * How services answer: problem details, and whose token it is.
 */
@NullMarked
package pregao.http;

import org.jspecify.annotations.NullMarked;
