/**
 * Whether the database and its market schema are there.
 */
@NullMarked
package pregao.indicators.ready;

import org.jspecify.annotations.NullMarked;
