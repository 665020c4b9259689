package pregao.strategy.account;

import java.util.UUID;

import pregao.contracts.Instrument;
import pregao.market.risk.AccountRiskState;
import pregao.market.risk.RiskLimits;

/**
 * A trading account with its risk limits and their current usage.
 *
 * @param key the account id and trading mode
 * @param person the id of the user who owns the account
 * @param broker {@code paper}, or the name of the broker
 * @param currency the accounting currency, such as {@code USDT}
 * @param limits the risk limits of the account
 * @param book the current usage of the limits
 */
public record Account(AccountKey key, UUID person, String broker, String currency, RiskLimits limits,
        AccountRiskState book) {

    /** The broker name of paper accounts. */
    public static final String PAPER = "paper";

    /**
     * Returns a copy of this account with another risk state.
     * @param riskState the new usage of the limits
     * @return the changed copy
     */
    public Account withRiskState(AccountRiskState riskState) {
        return new Account(this.key, this.person, this.broker, this.currency, this.limits, riskState);
    }

    /**
     * Returns whether a spot instrument is quoted in the currency of this account.
     * @param instrument the instrument to trade
     * @return true if its symbol ends with the currency; always true for a paper account,
     * whose money is at no broker
     */
    public boolean matchesCurrency(Instrument instrument) {
        String symbol = instrument.symbol();
        return this.broker.equals(PAPER)
                || (symbol.length() > this.currency.length() && symbol.endsWith(this.currency));
    }

}
