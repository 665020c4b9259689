package pregao.market.rule;

import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Timeframe;
import pregao.market.rule.Operand.Constant;
import pregao.market.rule.Operand.Field;
import pregao.market.rule.Rule.Comparison;
import pregao.market.rule.Rule.Relation;

/**
 * When to buy, when to sell, and when to give up. A position without a stop is refused.
 *
 * @param name what its owner calls it
 * @param timeframe at whose closes it decides
 * @param buy when it buys
 * @param sell when it sells
 * @param stop what part of the entry's price may be lost, such as 0.03
 * @param take what part of it is enough, such as 0.02, or null for none
 * @param shorts whether it sells what it does not have, where that can be done
 */
public record Strategy(String name, Timeframe timeframe, Rule buy, Rule sell, BigDecimal stop,
        @Nullable BigDecimal take, boolean shorts) {

    private static final int DECIMALS = 8;

    public Strategy {
        if (stop.signum() <= 0 || stop.compareTo(BigDecimal.ONE) >= 0 || stop.scale() > DECIMALS) {
            throw new IllegalArgumentException(
                    "stop must be above 0 and below 1, with 8 decimals at most, not " + stop);
        }
        if (take != null && (take.signum() <= 0 || take.compareTo(BigDecimal.TEN) > 0 || take.scale() > DECIMALS)) {
            throw new IllegalArgumentException(
                    "take must be above 0 and at most 10, with 8 decimals at most, not " + take);
        }
    }

    /**
     * The RSI strategy: buys at or below 40, sells at or above 60, gives up at 3 % and is
     * content with 2 %.
     * @param timeframe at whose closes it decides
     * @return without shorts
     */
    public static Strategy rsi(Timeframe timeframe) {
        return new Strategy("RSI 40/60", timeframe, rsi(Relation.AT_OR_BELOW, 40), rsi(Relation.AT_OR_ABOVE, 60),
                new BigDecimal("0.03"), new BigDecimal("0.02"), false);
    }

    private static Rule rsi(Relation relation, double level) {
        return new Comparison(new Field(MarketField.RSI), relation, new Constant(level));
    }

    /**
     * What it says at a candle.
     * @param window the last two candles
     * @return to wait, too, where both rules hold
     */
    public Signal decide(RuleContext window) {
        boolean buys = this.buy.holds(window);
        boolean sells = this.sell.holds(window);
        return (buys == sells) ? Signal.HOLD : buys ? Signal.BUY : Signal.SELL;
    }

    /**
     * What its rules look at.
     * @return values of the candles
     */
    public Set<MarketField> values() {
        Set<MarketField> values = EnumSet.copyOf(this.buy.values());
        values.addAll(this.sell.values());
        return values;
    }

}
