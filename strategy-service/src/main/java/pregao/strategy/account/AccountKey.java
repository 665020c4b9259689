package pregao.strategy.account;

import java.util.Comparator;
import java.util.UUID;

/**
 * Which account, and which money of it.
 *
 * @param id of the account
 * @param money which of its money
 */
public record AccountKey(UUID id, TradingMode money) implements Comparable<AccountKey> {

    private static final Comparator<AccountKey> ORDER = Comparator.comparing(AccountKey::id)
        .thenComparing(AccountKey::money);

    @Override
    public int compareTo(AccountKey other) {
        return ORDER.compare(this, other);
    }

}
