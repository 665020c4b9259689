package pregao.strategy.order;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

import pregao.strategy.account.AccountKey;

/**
 * On whose account something is done.
 *
 * @param person whose account it is
 * @param account which, with which money
 * @param bot whose decision it was; null where a person's
 */
public record OrderOwner(UUID person, AccountKey account, @Nullable UUID bot) {

}
