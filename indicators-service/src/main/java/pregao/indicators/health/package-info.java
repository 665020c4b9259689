/**
 * Whether the database and its market schema are there.
 */
@NullMarked
package pregao.indicators.health;

import org.jspecify.annotations.NullMarked;
