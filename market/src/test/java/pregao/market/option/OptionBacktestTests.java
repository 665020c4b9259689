package pregao.market.option;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import pregao.market.backtest.BacktestWindow;
import pregao.market.backtest.BarSeries;
import pregao.market.pattern.Direction;
import pregao.market.pattern.PatternPresets;
import pregao.market.statistics.StakeProgression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

/**
 * Tests of {@link OptionBacktest} and {@link OptionTrader}.
 */
class OptionBacktestTests {

    private static final BigDecimal PAYOUT = new BigDecimal("0.87");

    @Property(tries = 10_000)
    void betsLikeTheNaiveWay(@ForAll Random random) {
        OptionBacktestConfig settings = settings(random);
        BarSeries bars = bars(random, 20 + random.nextInt(200));
        OptionReport report = OptionBacktest.run(settings, bars, BacktestWindow.all(bars));
        long last = bars.times()[bars.size() - 1];
        assertThat(report.trades().stream().map(OptionBacktestTests::text).toList())
            .isEqualTo(NaiveOptions.run(settings, bars, last));
        assertThat(report.profit()).isEqualByComparingTo(report.trades()
            .stream()
            .map((trade) -> trade.settlement().profit())
            .reduce(BigDecimal.ZERO, BigDecimal::add));
    }

    /** Live, nobody knows whether a candle or the broker's word of it comes first. */
    @Property(tries = 2_000)
    void saysTheSameInWhicheverOrderItIsTold(@ForAll Random random) {
        OptionStrategyConfig plan = settings(random).plan();
        BarSeries bars = bars(random, 200);
        assertThat(entries(plan, bars, true)).isEqualTo(entries(plan, bars, false));
    }

    /** Each minute's state goes through a record, as where a replica goes on. */
    private static List<OptionEntry> entries(OptionStrategyConfig plan, BarSeries bars, boolean candleFirst) {
        List<OptionEntry> entries = new ArrayList<>();
        OptionTraderSnapshot state = OptionTraderSnapshot.EMPTY;
        OptionEntry open = null;
        for (int i = 0; i < bars.size(); i++) {
            OptionTrader trader = new OptionTrader(plan, state, (end) -> {
            });
            long end = bars.times()[i] + 60_000;
            boolean due = open != null && end >= open.until();
            List<@Nullable OptionEntry> said = new ArrayList<>();
            if (candleFirst) {
                said.add(trader.minute(bars.times()[i], bars.opens()[i], bars.closes()[i]));
            }
            if (due && open != null) {
                said.add(trader.settled(OptionSettlement.of(open.direction(), bars.opens()[i], bars.closes()[i],
                        open.stake(), PAYOUT, 2)));
                open = null;
            }
            if (!candleFirst) {
                said.add(trader.minute(bars.times()[i], bars.opens()[i], bars.closes()[i]));
            }
            for (OptionEntry entry : said) {
                if (entry != null) {
                    assertThat(open).as("one entry at a time").isNull();
                    entries.add(entry);
                    open = entry;
                }
            }
            state = trader.state();
        }
        return entries;
    }

    @Test
    void showsARateBesideWhatItMustBeSeenBeside() {
        BarSeries bars = bars(new Random(5), 50_000);
        OptionStrategyConfig plan = new OptionStrategyConfig(PatternPresets.MINORITY, BigDecimal.ONE, levels(2), 2,
                TiePolicy.AS_LOST);
        OptionReport report = OptionBacktest.run(new OptionBacktestConfig(plan, PAYOUT, BigDecimal.valueOf(100_000)),
                bars, BacktestWindow.all(bars));
        assertThat(report.entries().breakEven()).isCloseTo(1 / 1.87, within(1e-12));
        assertThat(report.entries().chance()).isBetween(0.48, 0.52);
        assertThat(report.settled().chance()).isCloseTo(1 - Math.pow(0.5, 3), within(0.02));
        assertThat(report.settled().sample()).isGreaterThan(500);
        assertThat(report.settled().interval().low()).isLessThan(report.settled().rate());
        assertThat(report.wonAt().stream().mapToInt(Integer::intValue).sum()).isEqualTo(report.settled().wins());
    }

    @Test
    void doesNotBeginWhatItCannotLose() {
        BarSeries bars = bars(new Random(3), 5_000);
        OptionStrategyConfig plan = new OptionStrategyConfig(PatternPresets.MINORITY, BigDecimal.ONE, levels(2), 2,
                TiePolicy.STOP);
        OptionReport report = OptionBacktest.run(new OptionBacktestConfig(plan, new BigDecimal("0.1"), BigDecimal.TEN),
                bars, BacktestWindow.all(bars));
        assertThat(report.refused()).isPositive();
        assertThat(report.profit()).isGreaterThanOrEqualTo(BigDecimal.TEN.negate());
        assertThatIllegalArgumentException()
            .isThrownBy(() -> new OptionBacktestConfig(plan, PAYOUT, new BigDecimal("6.99")));
    }

    @Test
    void looksAtTheWarmUpOnly() {
        BarSeries bars = bars(new Random(9), 3_000);
        OptionStrategyConfig plan = new OptionStrategyConfig(PatternPresets.MINORITY, BigDecimal.ONE, levels(0), 2,
                TiePolicy.STOP);
        OptionBacktestConfig settings = new OptionBacktestConfig(plan, PAYOUT, BigDecimal.valueOf(1_000));
        List<OptionTrade> all = OptionBacktest.run(settings, bars, BacktestWindow.all(bars)).trades();
        List<OptionTrade> late = OptionBacktest.run(settings, bars, new BacktestWindow(900, 1_000, 3_000)).trades();
        assertThat(late).isNotEmpty()
            .isEqualTo(all.stream().filter((trade) -> trade.entry().at() >= bars.times()[1_000]).toList());
    }

    @Test
    void refusesWhatIsOutOfOrder() {
        OptionTrader trader = new OptionTrader(
                new OptionStrategyConfig(PatternPresets.MINORITY, BigDecimal.ONE, levels(0), 2, TiePolicy.STOP),
                OptionTraderSnapshot.EMPTY, (end) -> {
                });
        trader.minute(600_000, 1, 2);
        assertThatIllegalArgumentException().isThrownBy(() -> trader.minute(600_000, 1, 2));
        assertThatIllegalArgumentException().isThrownBy(() -> trader.minute(660_001, 1, 2));
        assertThatIllegalStateException().isThrownBy(trader::voided);
        assertThatIllegalStateException()
            .isThrownBy(() -> trader.settled(OptionSettlement.of(Direction.CALL, 1, 2, BigDecimal.ONE, PAYOUT, 2)));
    }

    private static OptionBacktestConfig settings(Random random) {
        OptionStrategyConfig plan = new OptionStrategyConfig(
                PatternPresets.ALL.get(random.nextInt(PatternPresets.ALL.size())), new BigDecimal("1.37"),
                levels(random.nextInt(6)), 2, List.of(TiePolicy.values()).get(random.nextInt(3)));
        return new OptionBacktestConfig(plan, PAYOUT, BigDecimal.valueOf(87 + random.nextInt(50)));
    }

    private static List<BigDecimal> levels(int gales) {
        return StakeProgression.growing(PAYOUT, BigDecimal.TWO, gales).levels();
    }

    /** Few different prices, so that dojis are frequent, and now and then a hole. */
    private static BarSeries bars(Random random, int size) {
        long[][] columns = new long[5][size];
        long time = 1_735_812_000_000L + random.nextInt(60) * 60_000L;
        for (int i = 0; i < size; i++) {
            columns[0][i] = time;
            columns[1][i] = 100L + random.nextInt(8);
            columns[4][i] = 100L + random.nextInt(8);
            columns[2][i] = Math.max(columns[1][i], columns[4][i]);
            columns[3][i] = Math.min(columns[1][i], columns[4][i]);
            time += (random.nextInt(40) == 0) ? 60_000L * (1 + random.nextInt(8)) : 60_000L;
        }
        return new BarSeries(columns[0], columns[1], columns[2], columns[3], columns[4]);
    }

    private static String text(OptionTrade trade) {
        return "%d %d %s %d %s %s %s".formatted(trade.entry().block(), trade.entry().level(), trade.entry().direction(),
                trade.entry().at(), trade.entry().stake(), trade.settlement().result(), trade.settlement().profit());
    }

}
