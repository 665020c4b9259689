package pregao.strategy.order;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

import pregao.strategy.account.AccountKey;

/**
 * The owner of an order, a position or a trade.
 *
 * @param person the id of the user who owns the account
 * @param account the account and its mode
 * @param bot the id of the bot; null for manual orders
 */
public record OrderOwner(UUID person, AccountKey account, @Nullable UUID bot) {

}
