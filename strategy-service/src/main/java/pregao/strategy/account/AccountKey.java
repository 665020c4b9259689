package pregao.strategy.account;

import java.util.Comparator;
import java.util.UUID;

/**
 * The key of an account: its id and its trading mode. A broker account has one key for
 * each mode.
 *
 * @param id the account id
 * @param money the trading mode
 */
public record AccountKey(UUID id, TradingMode money) implements Comparable<AccountKey> {

    private static final Comparator<AccountKey> ORDER = Comparator.comparing(AccountKey::id)
        .thenComparing(AccountKey::money);

    @Override
    public int compareTo(AccountKey other) {
        return ORDER.compare(this, other);
    }

}
