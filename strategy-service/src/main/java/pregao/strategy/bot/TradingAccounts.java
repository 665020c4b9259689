package pregao.strategy.bot;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

import org.springframework.stereotype.Component;

import pregao.http.problem.Fields;
import pregao.strategy.account.AccountKey;
import pregao.strategy.account.Money;
import pregao.strategy.account.OwnAccounts;

/**
 * With which account a bot trades.
 */
@Component
class TradingAccounts {

    private static final String PAPER = "paper";

    private final OwnAccounts accounts;

    TradingAccounts(OwnAccounts accounts) {
        this.accounts = accounts;
    }

    /**
     * Finds the account.
     * @param person whose
     * @param wish as sent
     * @param settings as they were understood
     * @return the account, and what can be traded there
     * @throws pregao.http.problem.TroubleException 422 where it cannot be
     */
    Chosen of(UUID person, BotWish wish, BotSettings settings) {
        Fields fields = new Fields();
        String account = Objects.requireNonNullElse(wish.account(), PAPER);
        Optional<Money> money = Money.of(Objects.requireNonNullElse(wish.money(), PAPER));
        fields.require(account.equals(PAPER), "account", "paper");
        fields.require(money.isPresent() && money.get() == Money.PAPER, "money", "paper");
        fields.check();
        return new Chosen(this.accounts.paper(person), Map.of());
    }

    /**
     * An account, and what can be traded there.
     *
     * @param account which
     * @param lots by symbol; empty on paper
     */
    record Chosen(AccountKey account, Map<String, Lot> lots) {

    }

}
