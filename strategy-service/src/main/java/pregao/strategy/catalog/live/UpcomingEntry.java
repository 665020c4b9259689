package pregao.strategy.catalog.live;

import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;

import pregao.contracts.Instrument;
import pregao.market.pattern.Direction;
import pregao.strategy.catalog.PatternStatisticsResponse;

/**
 * The next entry of a pattern. A block gives at most one, with a fixed id, so that
 * consumers can detect duplicates. No candle of the entry or after it existed at that
 * time. The consumer decides by the clock whether it is too late.
 *
 * @param id an id that is the same for the same analysis, instrument and block
 * @param person the id of the user
 * @param analysis the id of the analysis
 * @param instrument the instrument
 * @param pattern the name of the pattern
 * @param direction the direction of the entry
 * @param block the start of the evaluated block, in epoch milliseconds
 * @param entryAt the open time of the candle of the first entry, in epoch milliseconds
 * @param entryMillis the length of the candle of an entry, in milliseconds
 * @param payout the payout of an option as a fraction of the stake
 * @param stakes the stakes of the first entry and of those after a lost one
 * @param evidence the statistics of the pattern on this instrument, not corrected for
 * multiple testing
 */
public record UpcomingEntry(UUID id, UUID person, UUID analysis, Instrument instrument, String pattern,
        Direction direction, long block, long entryAt, long entryMillis, BigDecimal payout, List<BigDecimal> stakes,
        PatternStatisticsResponse evidence) {

    public UpcomingEntry {
        stakes = List.copyOf(stakes);
    }

}
