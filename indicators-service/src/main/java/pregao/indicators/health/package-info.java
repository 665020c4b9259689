/**
 * The health of the database and its market schema.
 */
@NullMarked
package pregao.indicators.health;

import org.jspecify.annotations.NullMarked;
