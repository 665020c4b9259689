/**
 * Access to the database: execution of blocking calls outside the event loops, and
 * advisory locks.
 */
@NullMarked
package pregao.strategy.database;

import org.jspecify.annotations.NullMarked;
