/**
 * Accounts, as far as limits go, and who wants nothing opened any more.
 */
@NullMarked
package pregao.strategy.account;

import org.jspecify.annotations.NullMarked;
