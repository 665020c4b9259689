package pregao.strategy.account;

import java.util.UUID;

import pregao.market.risk.Book;
import pregao.market.risk.Limits;

/**
 * An account, as far as limits go.
 *
 * @param key which
 * @param person whose
 * @param broker {@code paper}, or the broker's name
 * @param currency of its money
 * @param limits what may be put at risk
 * @param book what of that is used
 */
public record Account(AccountKey key, UUID person, String broker, String currency, Limits limits, Book book) {

    /** Of paper. */
    public static final String PAPER = "paper";

}
