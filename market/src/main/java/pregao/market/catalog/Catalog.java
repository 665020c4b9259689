package pregao.market.catalog;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import pregao.contracts.Instrument;
import pregao.market.pattern.CandleColors;
import pregao.market.pattern.MartingaleSide;
import pregao.market.pattern.PatternEvaluator;
import pregao.market.pattern.PatternResult;
import pregao.market.statistics.BinomialTest;
import pregao.market.statistics.ConfidenceInterval;
import pregao.market.statistics.RiskOfRuin;
import pregao.market.statistics.StakeProgression;

/**
 * Reads the last blocks of instruments by a pattern. A block in which there is no candle
 * at all, as where the market is closed, is passed over and does not count as one.
 */
public final class Catalog {

    private final CatalogConfig settings;

    private final PatternEvaluator reading;

    /**
     * A catalogue.
     * @param settings what it looks at
     */
    public Catalog(CatalogConfig settings) {
        this.settings = settings;
        this.reading = new PatternEvaluator(settings.pattern(), settings.gales());
    }

    /**
     * Reads one instrument.
     * @param instrument which
     * @param colours of its final candles, of the pattern's timeframe
     * @param now the feed's time, epoch milliseconds
     * @return how the pattern did
     */
    public CatalogResult read(Instrument instrument, CandleColors colours, long now) {
        if (!colours.isEmpty() && colours.timeframe() != this.settings.pattern().timeframe()) {
            throw new IllegalArgumentException("%s looks at %s, not at %s".formatted(this.settings.pattern().name(),
                    this.settings.pattern().timeframe(), colours.timeframe()));
        }
        List<PatternResult> blocks = blocks(colours, now);
        OutcomeCounts tally = OutcomeCounts.of(blocks, this.settings.gales());
        return new CatalogResult(instrument, blocks, tally, evidence(colours, blocks, tally));
    }

    private List<PatternResult> blocks(CandleColors colours, long now) {
        List<PatternResult> blocks = new ArrayList<>();
        long length = this.settings.pattern().blockMillis();
        long needed = this.settings.pattern().needed() * this.settings.pattern().timeframe().millis();
        for (long start = Math.floorDiv(Math.min(now, colours.to() + length) - needed, length)
                * length; start + length > colours.from() && blocks.size() < this.settings.blocks()
                        && !colours.isEmpty(); start -= length) {
            boolean counts = (this.settings.hours() == null) || this.settings.hours().has(start);
            if (counts && colours.anyIn(start, start + needed)) {
                blocks.add(this.reading.read(colours, start, now));
            }
        }
        Collections.reverse(blocks);
        return blocks;
    }

    private PatternStatistics evidence(CandleColors colours, List<PatternResult> blocks, OutcomeCounts tally) {
        int sample = tally.analyzed();
        StakeProgression stakes = this.settings.stakes();
        if (sample == 0) {
            return new PatternStatistics(0, Double.NaN, Double.NaN, stakes.breakEvenCycle(),
                    ConfidenceInterval.wilson(0, 0), Double.NaN, Double.NaN, 1, List.of());
        }
        List<Double> levels = levels(colours, blocks, tally);
        double chance = levels.getLast();
        double[] results = results(stakes);
        double[] chances = chances(tally);
        return new PatternStatistics(sample, tally.rate(), chance, stakes.breakEvenCycle(),
                ConfidenceInterval.wilson(tally.wins(), sample), expected(stakes, tally),
                RiskOfRuin.risk(results, chances, this.settings.bankroll().doubleValue()),
                BinomialTest.atLeast(tally.wins(), sample, chance), levels);
    }

    /** By chance alone, if one stopped after the first entry, the second, … */
    private List<Double> levels(CandleColors colours, List<PatternResult> blocks, OutcomeCounts tally) {
        long begin = blocks.getFirst().start();
        long end = blocks.getLast().start() + this.settings.pattern().reach(this.settings.gales());
        double greens = colours.count(CandleColors.GREEN, begin, end);
        double reds = colours.count(CandleColors.RED, begin, end);
        double all = greens + reds + colours.count(CandleColors.DOJI, begin, end);
        List<Double> levels = new ArrayList<>();
        for (int gales = 0; gales <= this.settings.gales(); gales++) {
            levels.add((this.settings.pattern().gales() == MartingaleSide.SAME)
                    ? (tally.calls() * cycle(greens / all, gales)
                            + (tally.analyzed() - tally.calls()) * cycle(reds / all, gales)) / tally.analyzed()
                    : followed(colours, blocks, gales, greens / all, reds / all));
        }
        return levels;
    }

    private double followed(CandleColors colours, List<PatternResult> blocks, int gales, double green, double red) {
        PatternEvaluator shorter = new PatternEvaluator(this.settings.pattern(), gales);
        return blocks.stream()
            .filter(OutcomeCounts::isOver)
            .mapToDouble((block) -> shorter.chance(colours, block.start(), green, red))
            .average()
            .orElseThrow();
    }

    private static double cycle(double entry, int gales) {
        return 1 - Math.pow(1 - entry, gales + 1.0);
    }

    private static double expected(StakeProgression stakes, OutcomeCounts tally) {
        BigDecimal sum = stakes.risk().negate().multiply(BigDecimal.valueOf(tally.losses()));
        for (int level = 0; level < tally.won().size(); level++) {
            sum = sum.add(stakes.won(level).multiply(BigDecimal.valueOf(tally.won().get(level))));
        }
        return sum.doubleValue() / tally.analyzed();
    }

    private static double[] results(StakeProgression stakes) {
        double[] results = new double[stakes.levels().size() + 1];
        for (int level = 0; level < stakes.levels().size(); level++) {
            results[level] = stakes.won(level).doubleValue();
        }
        results[stakes.levels().size()] = -stakes.risk().doubleValue();
        return results;
    }

    private static double[] chances(OutcomeCounts tally) {
        double[] chances = new double[tally.won().size() + 1];
        for (int level = 0; level < tally.won().size(); level++) {
            chances[level] = (double) tally.won().get(level) / tally.analyzed();
        }
        chances[tally.won().size()] = (double) tally.losses() / tally.analyzed();
        return chances;
    }

}
