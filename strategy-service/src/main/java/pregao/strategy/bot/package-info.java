/**
 * Bots: what they follow, on what, with which money.
 */
@NullMarked
package pregao.strategy.bot;

import org.jspecify.annotations.NullMarked;
