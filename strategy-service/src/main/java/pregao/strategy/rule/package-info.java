/**
 * Strategies as JSON.
 */
@NullMarked
package pregao.strategy.rule;

import org.jspecify.annotations.NullMarked;
