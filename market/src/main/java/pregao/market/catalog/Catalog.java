package pregao.market.catalog;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import pregao.contracts.Instrument;
import pregao.market.chance.Binomial;
import pregao.market.chance.Interval;
import pregao.market.chance.Ruin;
import pregao.market.chance.Stakes;
import pregao.market.pattern.BlockResult;
import pregao.market.pattern.Colours;
import pregao.market.pattern.Gales;
import pregao.market.pattern.Reading;

/**
 * Reads the last blocks of instruments by a pattern. A block in which there is no candle
 * at all, as where the market is closed, is passed over and does not count as one.
 */
public final class Catalog {

    private final CatalogSettings settings;

    private final Reading reading;

    /**
     * A catalogue.
     * @param settings what it looks at
     */
    public Catalog(CatalogSettings settings) {
        this.settings = settings;
        this.reading = new Reading(settings.pattern(), settings.gales());
    }

    /**
     * Reads one instrument.
     * @param instrument which
     * @param colours of its final candles, of the pattern's timeframe
     * @param now the feed's time, epoch milliseconds
     * @return how the pattern did
     */
    public CatalogResult read(Instrument instrument, Colours colours, long now) {
        if (!colours.isEmpty() && colours.timeframe() != this.settings.pattern().timeframe()) {
            throw new IllegalArgumentException("%s looks at %s, not at %s".formatted(this.settings.pattern().name(),
                    this.settings.pattern().timeframe(), colours.timeframe()));
        }
        List<BlockResult> blocks = blocks(colours, now);
        Tally tally = Tally.of(blocks, this.settings.gales());
        return new CatalogResult(instrument, blocks, tally, evidence(colours, blocks, tally));
    }

    private List<BlockResult> blocks(Colours colours, long now) {
        List<BlockResult> blocks = new ArrayList<>();
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

    private Evidence evidence(Colours colours, List<BlockResult> blocks, Tally tally) {
        int sample = tally.analyzed();
        Stakes stakes = this.settings.stakes();
        if (sample == 0) {
            return new Evidence(0, Double.NaN, Double.NaN, stakes.breakEvenCycle(), Interval.wilson(0, 0), Double.NaN,
                    Double.NaN, 1, List.of());
        }
        List<Double> levels = levels(colours, blocks, tally);
        double chance = levels.getLast();
        double[] results = results(stakes);
        double[] chances = chances(tally);
        return new Evidence(sample, tally.rate(), chance, stakes.breakEvenCycle(),
                Interval.wilson(tally.wins(), sample), expected(stakes, tally),
                Ruin.risk(results, chances, this.settings.bankroll().doubleValue()),
                Binomial.atLeast(tally.wins(), sample, chance), levels);
    }

    /** By chance alone, if one stopped after the first entry, the second, … */
    private List<Double> levels(Colours colours, List<BlockResult> blocks, Tally tally) {
        long begin = blocks.getFirst().start();
        long end = blocks.getLast().start() + this.settings.pattern().reach(this.settings.gales());
        double greens = colours.count(Colours.GREEN, begin, end);
        double reds = colours.count(Colours.RED, begin, end);
        double all = greens + reds + colours.count(Colours.DOJI, begin, end);
        List<Double> levels = new ArrayList<>();
        for (int gales = 0; gales <= this.settings.gales(); gales++) {
            levels.add((this.settings.pattern().gales() == Gales.SAME)
                    ? (tally.calls() * cycle(greens / all, gales)
                            + (tally.analyzed() - tally.calls()) * cycle(reds / all, gales)) / tally.analyzed()
                    : followed(colours, blocks, gales, greens / all, reds / all));
        }
        return levels;
    }

    private double followed(Colours colours, List<BlockResult> blocks, int gales, double green, double red) {
        Reading shorter = new Reading(this.settings.pattern(), gales);
        return blocks.stream()
            .filter(Tally::isOver)
            .mapToDouble((block) -> shorter.chance(colours, block.start(), green, red))
            .average()
            .orElseThrow();
    }

    private static double cycle(double entry, int gales) {
        return 1 - Math.pow(1 - entry, gales + 1.0);
    }

    private static double expected(Stakes stakes, Tally tally) {
        BigDecimal sum = stakes.risk().negate().multiply(BigDecimal.valueOf(tally.losses()));
        for (int level = 0; level < tally.won().size(); level++) {
            sum = sum.add(stakes.won(level).multiply(BigDecimal.valueOf(tally.won().get(level))));
        }
        return sum.doubleValue() / tally.analyzed();
    }

    private static double[] results(Stakes stakes) {
        double[] results = new double[stakes.levels().size() + 1];
        for (int level = 0; level < stakes.levels().size(); level++) {
            results[level] = stakes.won(level).doubleValue();
        }
        results[stakes.levels().size()] = -stakes.risk().doubleValue();
        return results;
    }

    private static double[] chances(Tally tally) {
        double[] chances = new double[tally.won().size() + 1];
        for (int level = 0; level < tally.won().size(); level++) {
            chances[level] = (double) tally.won().get(level) / tally.analyzed();
        }
        chances[tally.won().size()] = (double) tally.losses() / tally.analyzed();
        return chances;
    }

}
