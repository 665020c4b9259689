package pregao.market.option;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

import pregao.market.option.OptionReport.Rate;
import pregao.market.pattern.Direction;
import pregao.market.statistics.StakeProgression;

/**
 * Counts what comes of options.
 */
final class OptionReportBuilder {

    private final OptionBacktestConfig settings;

    private final List<OptionTrade> trades = new ArrayList<>();

    private final List<CycleResult> cycles = new ArrayList<>();

    private BigDecimal cash;

    private BigDecimal peak;

    private double drawdown;

    private int refused;

    private boolean refusing;

    /** Candles of the time that closed above and below their opens. */
    private long ups;

    private long downs;

    OptionReportBuilder(OptionBacktestConfig settings) {
        this.settings = settings;
        this.cash = settings.capital();
        this.peak = settings.capital();
    }

    /** A candle of the pattern's timeframe was traded through. */
    void candle(long open, long close) {
        this.ups += (close > open) ? 1 : 0;
        this.downs += (close < open) ? 1 : 0;
    }

    void traded(OptionTrade trade) {
        this.trades.add(trade);
        this.cash = this.cash.add(trade.settlement().profit());
        this.peak = this.peak.max(this.cash);
        this.drawdown = Math.max(this.drawdown, 1 - this.cash.doubleValue() / this.peak.doubleValue());
    }

    void ended(CycleResult end) {
        if (!this.refusing) {
            this.cycles.add(end);
        }
    }

    /** A cycle is not begun: what ends then was none. */
    void refuse(Runnable ending, boolean counts) {
        this.refused += counts ? 1 : 0;
        this.refusing = true;
        ending.run();
        this.refusing = false;
    }

    BigDecimal cash() {
        return this.cash;
    }

    OptionReport report(int bars) {
        BigDecimal profit = this.cash.subtract(this.settings.capital());
        List<CycleResult> settled = this.cycles.stream()
            .filter((end) -> end.reason() == CycleResult.Reason.SETTLED)
            .toList();
        BigDecimal sum = settled.stream().map((end) -> end.cycle().profit()).reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal expectancy = settled.isEmpty() ? BigDecimal.ZERO
                : sum.divide(BigDecimal.valueOf(settled.size()), 8, RoundingMode.HALF_EVEN);
        return new OptionReport(bars, this.trades, this.cycles, profit,
                profit.doubleValue() / this.settings.capital().doubleValue(), this.drawdown, expectancy, entries(),
                settled(settled), count(OptionSettlement.Result.EQUAL), wonAt(settled), this.refused);
    }

    private int count(OptionSettlement.Result result) {
        return (int) this.trades.stream().filter((trade) -> trade.settlement().result() == result).count();
    }

    private Rate entries() {
        int wins = count(OptionSettlement.Result.WIN);
        List<OptionTrade> decided = this.trades.stream()
            .filter((trade) -> trade.settlement().result() != OptionSettlement.Result.EQUAL)
            .toList();
        double chance = decided.stream()
            .mapToDouble((trade) -> chance(trade.entry().direction()))
            .average()
            .orElse(Double.NaN);
        return Rate.of(wins, decided.size(), chance, stakes().breakEvenEntry());
    }

    /** A cycle's chance is that of one whose entries are all on the side of its first. */
    private Rate settled(List<CycleResult> settled) {
        List<CycleResult> decided = settled.stream()
            .filter((end) -> end.cycle().state() != MartingaleCycle.State.EVEN)
            .toList();
        int wins = (int) decided.stream().filter((end) -> end.cycle().state() == MartingaleCycle.State.WON).count();
        double chance = decided.stream()
            .mapToDouble((end) -> 1 - Math.pow(1 - chance(end.direction()), this.settings.plan().levels().size()))
            .average()
            .orElse(Double.NaN);
        return Rate.of(wins, decided.size(), chance, stakes().breakEvenCycle());
    }

    /** Among candles that have a colour, as others give the stake back. */
    private double chance(Direction direction) {
        return (double) ((direction == Direction.CALL) ? this.ups : this.downs) / (this.ups + this.downs);
    }

    private StakeProgression stakes() {
        return new StakeProgression(this.settings.payout(), this.settings.plan().levels());
    }

    private List<Integer> wonAt(List<CycleResult> settled) {
        List<Integer> won = new ArrayList<>();
        for (int level = 0; level < this.settings.plan().levels().size(); level++) {
            int at = level;
            won.add((int) settled.stream()
                .filter((end) -> end.cycle().state() == MartingaleCycle.State.WON && end.cycle().level() == at)
                .count());
        }
        return won;
    }

}
