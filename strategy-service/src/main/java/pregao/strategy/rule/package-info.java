/**
 * Strategies as JSON: read, written, kept, and those that come with the product.
 */
@NullMarked
package pregao.strategy.rule;

import org.jspecify.annotations.NullMarked;
