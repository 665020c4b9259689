/**
 * How requests get at the database without holding up an event loop.
 */
@NullMarked
package pregao.strategy.database;

import org.jspecify.annotations.NullMarked;
