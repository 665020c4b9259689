/**
 * The few values all services share, and the table of topics.
 */
@NullMarked
package pregao.contracts;

import org.jspecify.annotations.NullMarked;
