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
 * A complete analysis request with all defaults filled in. It is stored as it is, so that
 * an analysis does not change when its user changes the pattern.
 *
 * @param instruments the instruments to analyze
 * @param pattern the pattern that evaluates the blocks
 * @param blocks the number of latest blocks to evaluate
 * @param gales the number of entries that may follow a lost one
 * @param hours the hours whose blocks count, or null for all
 * @param zone the time zone of the hours
 * @param payout the payout of an option as a fraction of the stake
 * @param stakes the stakes of the entries; the first is 1
 * @param bankroll the amount that may be lost in total, in stakes of the first entry
 * @param rankBy the ranking criterion
 * @param leastSample the minimum number of finished cycles for an instrument to be ranked
 * @param top the number of best instruments to list
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

    /** Returns a copy of this analysis for other instruments. */
    Analysis withInstruments(List<Instrument> newInstruments) {
        return new Analysis(newInstruments, this.pattern, this.blocks, this.gales, this.hours, this.zone, this.payout,
                this.stakes, this.bankroll, this.rankBy, this.leastSample, this.top);
    }

    /**
     * Returns the configuration of the catalog.
     * @return the configuration
     */
    public CatalogConfig toCatalogConfig() {
        HourFilter hourFilter = (this.hours != null) ? new HourFilter(ZoneId.of(this.zone), new HashSet<>(this.hours))
                : null;
        return new CatalogConfig(this.pattern.toPattern(), this.gales, this.blocks, hourFilter,
                new StakeProgression(this.payout, this.stakes), this.bankroll);
    }

    /**
     * Returns the timeframe of the candles.
     * @return the timeframe of the pattern
     */
    public Timeframe timeframe() {
        return Timeframe.valueOf(this.pattern.timeframe());
    }

    /**
     * Returns how many candles of each series are read. They cover the blocks to
     * evaluate, the blocks between them that do not count, the entries, and what has not
     * ended yet.
     * @return the lookback range
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
