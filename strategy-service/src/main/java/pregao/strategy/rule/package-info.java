/**
 * Strategies: JSON mapping, storage, presets, and the HTTP API.
 */
@NullMarked
package pregao.strategy.rule;

import org.jspecify.annotations.NullMarked;
