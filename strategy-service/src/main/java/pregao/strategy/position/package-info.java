/**
 * What is held now.
 */
@NullMarked
package pregao.strategy.position;

import org.jspecify.annotations.NullMarked;
