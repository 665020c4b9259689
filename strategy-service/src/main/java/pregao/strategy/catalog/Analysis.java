package pregao.strategy.catalog;

import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Instrument;
import pregao.contracts.Timeframe;
import pregao.market.catalog.CatalogConfig;
import pregao.market.catalog.HourFilter;
import pregao.market.catalog.Ranking;
import pregao.market.pattern.Pattern;
import pregao.market.statistics.StakeProgression;
import pregao.strategy.catalog.candle.LookbackRange;
import pregao.strategy.catalog.pattern.PatternResponse;

/**
 * What is analysed, with everything said; it is kept as it is, so that an analysis stays
 * the same when a pattern of somebody's own is changed.
 *
 * @param instruments which
 * @param pattern by which blocks are read
 * @param blocks how many of the last
 * @param gales how many entries may follow a lost one
 * @param hours at which blocks count, or null for all
 * @param zone in which the hours are meant
 * @param payout of an option, as a part of the stake
 * @param stakes of the entries, the first is 1
 * @param bankroll what may be lost in all, in stakes of the first entry
 * @param rankBy what counts
 * @param leastSample how many cycles must be over for an instrument to be ranked
 * @param top how many of the best are told
 */
public record Analysis(List<Instrument> instruments, PatternResponse pattern, int blocks, int gales,
        @Nullable List<Integer> hours, String zone, BigDecimal payout, List<BigDecimal> stakes, BigDecimal bankroll,
        Ranking.Criterion rankBy, int leastSample, int top) {

    private static final int HOURS_PER_DAY = 24;

    public Analysis {
        instruments = List.copyOf(instruments);
        stakes = List.copyOf(stakes);
        hours = (hours != null) ? List.copyOf(hours) : null;
    }

    /** The same of other instruments. */
    Analysis withInstruments(List<Instrument> newInstruments) {
        return new Analysis(newInstruments, this.pattern, this.blocks, this.gales, this.hours, this.zone, this.payout,
                this.stakes, this.bankroll, this.rankBy, this.leastSample, this.top);
    }

    /**
     * What the catalogue looks at.
     * @return settings of it
     */
    public CatalogConfig toCatalogConfig() {
        HourFilter hourFilter = (this.hours != null) ? new HourFilter(ZoneId.of(this.zone), new HashSet<>(this.hours))
                : null;
        return new CatalogConfig(this.pattern.toPattern(), this.gales, this.blocks, hourFilter,
                new StakeProgression(this.payout, this.stakes), this.bankroll);
    }

    /**
     * How long the candles are.
     * @return that of the pattern
     */
    public Timeframe timeframe() {
        return Timeframe.valueOf(this.pattern.timeframe());
    }

    /**
     * How many candles of each series are read: the blocks, those between them that do
     * not count, the entries, and what is not over yet.
     * @return the stretch
     */
    public LookbackRange lookback() {
        return new LookbackRange(timeframe(), Math.toIntExact(countCandles(this.pattern.toPattern())));
    }

    private long countCandles(Pattern pattern) {
        long hoursPerDay = (this.hours != null) ? this.hours.size() : HOURS_PER_DAY;
        long partialDayCandles = (this.hours != null) ? Timeframe.D1.millis() / pattern.timeframe().millis() : 0;
        return Math.ceilDiv((long) this.blocks * pattern.block() * HOURS_PER_DAY, hoursPerDay) + partialDayCandles
                + 2L * pattern.block() + this.gales + 1;
    }

}
