/**
 * Accounts with their risk limits, and kill switches.
 */
@NullMarked
package pregao.strategy.account;

import org.jspecify.annotations.NullMarked;
