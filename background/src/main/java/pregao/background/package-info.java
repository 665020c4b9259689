/**
 * Work that a service repeats on its own threads, without a request.
 */
@NullMarked
package pregao.background;

import org.jspecify.annotations.NullMarked;
