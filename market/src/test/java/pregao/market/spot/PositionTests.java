package pregao.market.spot;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import pregao.contracts.Prices;
import pregao.contracts.Timeframe;
import pregao.contracts.indicator.IndicatorConvention;
import pregao.market.backtest.Backtest;
import pregao.market.backtest.BacktestConfig;
import pregao.market.backtest.BarSeries;
import pregao.market.rule.MarketField;
import pregao.market.rule.Operand;
import pregao.market.rule.Rule;
import pregao.market.rule.Strategy;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The levels at which a position is given up are reached exactly where its percentage is.
 */
class PositionTests {

    private static final long THREE_PERCENT = 3_000_000;

    private static final BigDecimal ONE = BigDecimal.valueOf(Prices.ONE);

    @Property(tries = 20_000)
    void isGivenUpExactlyWhereItsPercentageIsReached(@ForAll @LongRange(min = 1, max = 10_000) long entry,
            @ForAll @LongRange(min = 1, max = 99_999_999) long stop,
            @ForAll @LongRange(min = 0, max = 1_000_000_000) long take, @ForAll boolean isLong,
            @ForAll @LongRange(min = 1, max = 120_000) long price) {
        Position position = Position.filled(isLong, 0, entry, Prices.ONE, 0, stop, take);
        List<Long> prices = List.of(price, entry, at(entry, isLong ? -stop : stop),
                at(entry, isLong ? -stop : stop) + 1, at(entry, isLong ? take : -take),
                at(entry, isLong ? take : -take) + 1);
        for (long now : prices) {
            if (now > 0) {
                assertThat(reason(position, now)).as("%s at %d, entry %d", isLong ? "long" : "short", now, entry)
                    .isEqualTo(expected(entry, stop, take, isLong, now));
            }
        }
    }

    /** The whole price at or just below an entry that has changed by a part of it. */
    private static long at(long entry, long part) {
        return Math.floorDiv(entry * (Prices.ONE + part), Prices.ONE);
    }

    private static ExitDecision.@Nullable Reason reason(Position position, long price) {
        ExitDecision exit = position.judge(price, price, price);
        return (exit != null) ? exit.reason() : null;
    }

    /** By what part of the entry it has gained, without rounding. */
    private static ExitDecision.@Nullable Reason expected(long entry, long stop, long take, boolean isLong,
            long price) {
        BigDecimal gained = BigDecimal.valueOf(isLong ? price - entry : entry - price).multiply(ONE);
        if (gained.compareTo(BigDecimal.valueOf(-entry).multiply(BigDecimal.valueOf(stop))) <= 0) {
            return ExitDecision.Reason.STOP;
        }
        boolean enough = take > 0
                && gained.compareTo(BigDecimal.valueOf(entry).multiply(BigDecimal.valueOf(take))) >= 0;
        return enough ? ExitDecision.Reason.TAKE : null;
    }

    @ParameterizedTest
    @ValueSource(longs = { 1, 16, 34, 39, 50 })
    void onePriceUnitMayBeMoreThanAStopBeforeItButNotAfter(long entry) {
        Position position = Position.filled(true, 0, entry, Prices.ONE, 0, THREE_PERCENT, 0);
        assertThat(position.judge(entry, entry, entry)).as("nothing is lost").isNull();
        Position owed = Position.filled(false, 0, entry, Prices.ONE, 0, THREE_PERCENT, 0);
        assertThat(owed.judge(entry, entry, entry)).as("nothing is lost").isNull();
        assertThat(owed.judge(entry, entry + 2, entry)).as("2 units are at least 3 % of 1 to 50").isNotNull();
    }

    @Test
    void flatMinutesOfASmallPriceCostOneTrade() {
        long[] times = new long[300];
        Arrays.setAll(times, (i) -> i * 60_000L);
        long[] flat = new long[times.length];
        Arrays.fill(flat, 16);
        Rule always = new Rule.Comparison(new Operand.Field(MarketField.CLOSE), Rule.Relation.ABOVE,
                new Operand.Constant(0));
        Rule never = new Rule.Comparison(new Operand.Field(MarketField.CLOSE), Rule.Relation.BELOW,
                new Operand.Constant(0));
        Strategy strategy = new Strategy("flat", Timeframe.M1, always, never, new BigDecimal("0.03"), null, false);
        TransactionCosts costs = new TransactionCosts(100_000, 0, 0, 1_000_000);
        assertThat(new Backtest(new BacktestConfig(strategy, IndicatorConvention.PLAIN, new BigDecimal(1_000),
                new BigDecimal(100), costs, 365, List.of()))
            .run(new BarSeries(times, flat, flat, flat, flat))
            .trades()).singleElement().satisfies((trade) -> {
                assertThat(trade.reason()).isEqualTo(ExitDecision.Reason.END);
                assertThat(trade.profit()).as("two fees of 0.1 % of 100").isEqualTo(-20_000_000);
            });
    }

}
