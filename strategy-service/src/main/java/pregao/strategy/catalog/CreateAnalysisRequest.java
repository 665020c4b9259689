package pregao.strategy.catalog;

import java.math.BigDecimal;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to have analysed; whatever is not said is as usual, so that nothing
 * need be said at all.
 *
 * @param feed whose instruments are meant where only a symbol is said; that of the token
 * @param instruments of any feeds
 * @param symbols of the feed; without them and without {@code instruments} all of the
 * feed
 * @param pattern the name of one that everybody has, or the name or id of one's own
 * @param timeframe {@code M1} or {@code M5}; that of the pattern
 * @param blocks how many of the last, 100
 * @param gales how many entries may follow a lost one, 2
 * @param hours at which blocks count, 0 to 23; all
 * @param zone in which the hours are meant, UTC
 * @param payout of an option, as a part of the stake, 0.87
 * @param stakes of the entries, the first is 1
 * @param factor by which each stake is larger than the one before, 2
 * @param bankroll what may be lost in all, in stakes of the first entry, 100
 * @param rankBy {@code rate} or {@code expected}
 * @param leastSample how many cycles must be over for an instrument to be ranked; 30, or
 * half the blocks where that is less
 * @param top how many of the best are told, 5
 */
public record CreateAnalysisRequest(@Nullable String feed, @Nullable List<@Nullable InstrumentReference> instruments,
        @Nullable List<@Nullable String> symbols, @Nullable String pattern, @Nullable String timeframe,
        @Nullable Integer blocks, @Nullable Integer gales, @Nullable List<@Nullable Integer> hours,
        @Nullable String zone, @Nullable BigDecimal payout, @Nullable List<@Nullable BigDecimal> stakes,
        @Nullable BigDecimal factor, @Nullable BigDecimal bankroll, @Nullable String rankBy,
        @Nullable Integer leastSample, @Nullable Integer top) {

    /** Whether all instruments of the feed are meant. */
    boolean coversWholeFeed() {
        return this.symbols == null && this.instruments == null;
    }

    /**
     * An instrument as it is named.
     *
     * @param feed that of the wish where it is missing
     * @param symbol as the feed spells it
     */
    public record InstrumentReference(@Nullable String feed, @Nullable String symbol) {

    }

}
