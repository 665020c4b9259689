package pregao.market.backtest;

import java.math.BigDecimal;
import java.util.List;

import pregao.contracts.indicator.IndicatorConvention;
import pregao.market.protection.Protection;
import pregao.market.rule.Strategy;
import pregao.market.spot.TransactionCosts;

/**
 * What is tried.
 *
 * @param strategy what is followed
 * @param convention by which its indicators are calculated
 * @param capital what there is at the start, in the quote currency
 * @param money what each position gets of it
 * @param costs of the fills
 * @param daysAYear on which there is trade: 365, or 252 where there are weekends
 * @param protections what keeps it from opening for a while, of all its trades together
 */
public record BacktestConfig(Strategy strategy, IndicatorConvention convention, BigDecimal capital, BigDecimal money,
        TransactionCosts costs, int daysAYear, List<Protection> protections) {

    public BacktestConfig {
        protections = List.copyOf(protections);
        if (capital.signum() <= 0) {
            throw new IllegalArgumentException("capital must be above 0, not " + capital);
        }
        if (money.signum() <= 0 || money.compareTo(capital) > 0) {
            throw new IllegalArgumentException("money must be above 0 and at most the capital, not " + money);
        }
        if (daysAYear < 1 || daysAYear > 366) {
            throw new IllegalArgumentException("days a year must be from 1 to 366, not " + daysAYear);
        }
    }

    /**
     * The same with another strategy.
     * @param other what is followed
     * @return settings
     */
    public BacktestConfig with(Strategy other) {
        return new BacktestConfig(other, this.convention, this.capital, this.money, this.costs, this.daysAYear,
                this.protections);
    }

}
