package pregao.strategy.bot;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

import pregao.contracts.indicator.IndicatorConvention;
import pregao.market.option.OptionStrategyConfig;
import pregao.market.protection.Protection;
import pregao.market.rule.Strategy;
import pregao.market.spot.TransactionCosts;

/**
 * The plan that a bot follows.
 */
public sealed interface TradingPlan {

    /**
     * Returns the protections, which suspend entries.
     * @return the protections in the order in which they are checked
     */
    List<Protection> protections();

    /**
     * Trades spot instruments by a strategy.
     *
     * @param strategy the strategy
     * @param convention the convention of its indicators
     * @param money the amount of each position, in the quote currency
     * @param costs the costs of fills on paper
     * @param protections the protections, which suspend entries
     * @param lots the lot sizes at the broker, by symbol; empty for paper
     */
    record Spot(Strategy strategy, IndicatorConvention convention, BigDecimal money, TransactionCosts costs,
            List<Protection> protections, Map<String, LotSize> lots) implements TradingPlan {

        public Spot {
            protections = List.copyOf(protections);
            lots = Map.copyOf(lots);
        }

    }

    /**
     * Buys binary options by a pattern of candle colors.
     *
     * @param options the pattern, the side and the stakes
     * @param payout the profit of a won option as a fraction of its stake: the payout on
     * paper, and the minimum payout at the broker
     * @param protections the protections, which suspend entries
     */
    record Option(OptionStrategyConfig options, BigDecimal payout,
            List<Protection> protections) implements TradingPlan {

        public Option {
            protections = List.copyOf(protections);
        }

    }

}
