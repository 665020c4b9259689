/**
 * Patterns as data: presets for all users, and the patterns of each user.
 */
@NullMarked
package pregao.strategy.catalog.pattern;

import org.jspecify.annotations.NullMarked;
