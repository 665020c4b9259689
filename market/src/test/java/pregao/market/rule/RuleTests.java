package pregao.market.rule;

import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import pregao.contracts.Prices;
import pregao.contracts.Timeframe;
import pregao.contracts.indicator.IndicatorConvention;
import pregao.market.indicator.IndicatorSet;
import pregao.market.rule.Operand.Constant;
import pregao.market.rule.Operand.Field;
import pregao.market.rule.Rule.All;
import pregao.market.rule.Rule.Any;
import pregao.market.rule.Rule.Comparison;
import pregao.market.rule.Rule.Crossing;
import pregao.market.rule.Rule.Relation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class RuleTests {

    private static final Rule TRUE = new Comparison(new Constant(1), Relation.ABOVE, new Constant(0));

    private static final Rule FALSE = new Comparison(new Constant(0), Relation.ABOVE, new Constant(1));

    @ParameterizedTest
    @CsvSource({ "ABOVE, 41, true", "ABOVE, 40, false", "AT_OR_ABOVE, 40, true", "AT_OR_ABOVE, 39, false",
            "BELOW, 39, true", "BELOW, 40, false", "AT_OR_BELOW, 40, true", "AT_OR_BELOW, 41, false" })
    void compares(Relation relation, long close, boolean holds) {
        assertThat(new Comparison(new Field(MarketField.CLOSE), relation, new Constant(40)).holds(closes(10, close)))
            .isEqualTo(holds);
    }

    @ParameterizedTest
    @CsvSource({ "40, 41, true, true", "39, 41, true, true", "41, 42, true, false", "40, 40, true, false",
            "40, 39, false, true", "41, 40, false, false", "39, 38, false, false" })
    void sees(long before, long now, boolean up, boolean crossed) {
        assertThat(new Crossing(new Field(MarketField.CLOSE), up, new Constant(40)).holds(closes(before, now)))
            .isEqualTo(crossed);
    }

    @Test
    void joins() {
        RuleContext window = closes(1, 2);
        assertThat(new All(List.of(TRUE, TRUE)).holds(window)).isTrue();
        assertThat(new All(List.of(TRUE, FALSE)).holds(window)).isFalse();
        assertThat(new Any(List.of(FALSE, TRUE)).holds(window)).isTrue();
        assertThat(new Any(List.of(FALSE, FALSE)).holds(window)).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> new All(List.of()));
    }

    @Test
    void doesNotHoldWhereAValueIsNotDefined() {
        RuleContext window = closes(1, 2);
        for (Relation relation : Relation.values()) {
            assertThat(new Comparison(new Field(MarketField.RSI), relation, new Constant(50)).holds(window)).isFalse();
        }
        assertThat(new Crossing(new Field(MarketField.CLOSE), true, new Field(MarketField.MACD)).holds(window))
            .isFalse();
    }

    @Test
    void knowsWhatItLooksAt() {
        Rule rule = new Any(List
            .of(new Crossing(new Field(MarketField.MACD), true, new Field(MarketField.MACD_SIGNAL)), new All(List
                .of(new Comparison(new Field(MarketField.CLOSE), Relation.BELOW, new Field(MarketField.BB_LOWER))))));
        assertThat(rule.values()).containsExactly(MarketField.CLOSE, MarketField.MACD, MarketField.MACD_SIGNAL,
                MarketField.BB_LOWER);
        assertThat(MarketField.named("bb_lower")).contains(MarketField.BB_LOWER);
        assertThat(MarketField.named("BB")).isEmpty();
    }

    @Test
    void strategyWaitsWhereBothRulesHoldAndIsRefusedWithoutAStop() {
        RuleContext window = closes(1, 2);
        BigDecimal stop = new BigDecimal("0.03");
        assertThat(new Strategy("x", Timeframe.M1, TRUE, TRUE, stop, null, false).decide(window))
            .isEqualTo(Signal.HOLD);
        assertThat(new Strategy("x", Timeframe.M1, TRUE, FALSE, stop, null, false).decide(window))
            .isEqualTo(Signal.BUY);
        assertThat(new Strategy("x", Timeframe.M1, FALSE, TRUE, stop, null, false).decide(window))
            .isEqualTo(Signal.SELL);
        assertThatIllegalArgumentException()
            .isThrownBy(() -> new Strategy("x", Timeframe.M1, TRUE, FALSE, BigDecimal.ZERO, null, false))
            .withMessageContaining("stop");
        assertThat(Strategy.rsi(Timeframe.M1).values()).containsExactly(MarketField.RSI);
    }

    private static RuleContext closes(long before, long now) {
        RuleContext window = new RuleContext(EnumSet.allOf(MarketField.class));
        IndicatorSet indicators = new IndicatorSet(IndicatorConvention.PLAIN);
        for (long close : new long[] { before, now }) {
            long price = close * Prices.ONE;
            indicators.add(price, price, price);
            window.add(price, price, price, price, indicators);
        }
        return window;
    }

}
