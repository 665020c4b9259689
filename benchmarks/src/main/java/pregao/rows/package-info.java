/**
 * The table of what was asked for and what was measured.
 */
@NullMarked
package pregao.rows;

import org.jspecify.annotations.NullMarked;
