package pregao.strategy.account;

import java.util.UUID;

import pregao.contracts.Instrument;
import pregao.market.risk.AccountRiskState;
import pregao.market.risk.RiskLimits;

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
public record Account(AccountKey key, UUID person, String broker, String currency, RiskLimits limits,
        AccountRiskState book) {

    /** Of paper. */
    public static final String PAPER = "paper";

    /**
     * The same account after something was done.
     * @param riskState what of its limits is used now
     * @return changed
     */
    public Account withRiskState(AccountRiskState riskState) {
        return new Account(this.key, this.person, this.broker, this.currency, this.limits, riskState);
    }

    /**
     * Whether what a spot instrument costs and brings is in the currency of the account.
     * @param instrument of what
     * @return true on paper, whose money is nobody's
     */
    public boolean matchesCurrency(Instrument instrument) {
        String symbol = instrument.symbol();
        return this.broker.equals(PAPER)
                || (symbol.length() > this.currency.length() && symbol.endsWith(this.currency));
    }

}
