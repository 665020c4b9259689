/**
 * Patterns as data: those that everybody has, and a person's own.
 */
@NullMarked
package pregao.strategy.catalog.pattern;

import org.jspecify.annotations.NullMarked;
