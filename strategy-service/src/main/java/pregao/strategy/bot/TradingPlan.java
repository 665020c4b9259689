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
 * What a bot follows.
 */
public sealed interface TradingPlan {

    /**
     * What keeps it from opening anything for a while.
     * @return in the order in which they are asked
     */
    List<Protection> protections();

    /**
     * Buys and sells an amount.
     *
     * @param strategy when
     * @param convention by which its indicators are calculated
     * @param money what each position gets, in the quote currency
     * @param costs of fills on paper
     * @param protections what keeps it from opening anything for a while
     * @param lots what can be traded at the broker, by symbol; empty on paper
     */
    record Spot(Strategy strategy, IndicatorConvention convention, BigDecimal money, TransactionCosts costs,
            List<Protection> protections, Map<String, LotSize> lots) implements TradingPlan {

        public Spot {
            protections = List.copyOf(protections);
            lots = Map.copyOf(lots);
        }

    }

    /**
     * Bets on colours.
     *
     * @param options when, on which side and how much
     * @param payout what an option pays beside the stake, as a part of it: on paper, and
     * at the broker the least it must pay
     * @param protections what keeps it from opening anything for a while
     */
    record Option(OptionStrategyConfig options, BigDecimal payout,
            List<Protection> protections) implements TradingPlan {

        public Option {
            protections = List.copyOf(protections);
        }

    }

}
