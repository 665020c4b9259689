/**
 * Bots: their definitions, their states and their accounts.
 */
@NullMarked
package pregao.strategy.bot;

import org.jspecify.annotations.NullMarked;
