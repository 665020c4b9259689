package pregao.strategy.catalog;

import java.math.BigDecimal;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The request to create an analysis. Each missing field has a default, so that an empty
 * object is a valid request.
 *
 * @param feed the feed of symbols without a feed; default: the feed of the token
 * @param instruments instruments of any feeds
 * @param symbols symbols of the feed; without them and without {@code instruments}, all
 * instruments of the feed are analyzed
 * @param pattern the name of a preset pattern, or the name or id of one of the user's own
 * @param timeframe {@code M1} or {@code M5}; default: the timeframe of the pattern
 * @param blocks the number of latest blocks; default: 100
 * @param gales the number of entries that may follow a lost one; default: 2
 * @param hours the hours whose blocks count, 0 to 23; default: all
 * @param zone the time zone of the hours; default: UTC
 * @param payout the payout of an option as a fraction of the stake; default: 0.87
 * @param stakes the stakes of the entries; the first is 1
 * @param factor the factor by which each stake exceeds the one before; default: 2
 * @param bankroll the amount that may be lost in total, in stakes of the first entry;
 * default: 100
 * @param rankBy {@code rate} or {@code expected}; default: {@code rate}
 * @param leastSample the minimum number of finished cycles for an instrument to be
 * ranked; default: 30, or half of the blocks if that is less
 * @param top the number of best instruments to list; default: 5
 */
public record CreateAnalysisRequest(@Nullable String feed, @Nullable List<@Nullable InstrumentReference> instruments,
        @Nullable List<@Nullable String> symbols, @Nullable String pattern, @Nullable String timeframe,
        @Nullable Integer blocks, @Nullable Integer gales, @Nullable List<@Nullable Integer> hours,
        @Nullable String zone, @Nullable BigDecimal payout, @Nullable List<@Nullable BigDecimal> stakes,
        @Nullable BigDecimal factor, @Nullable BigDecimal bankroll, @Nullable String rankBy,
        @Nullable Integer leastSample, @Nullable Integer top) {

    /** Returns whether the request means all instruments of the feed. */
    boolean coversWholeFeed() {
        return this.symbols == null && this.instruments == null;
    }

    /**
     * A reference to an instrument.
     *
     * @param feed the feed; default: the feed of the request
     * @param symbol the symbol in the spelling of the feed
     */
    public record InstrumentReference(@Nullable String feed, @Nullable String symbol) {

    }

}
