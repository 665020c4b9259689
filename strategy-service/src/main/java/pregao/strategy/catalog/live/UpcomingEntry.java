package pregao.strategy.catalog.live;

import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;

import pregao.contracts.Instrument;
import pregao.market.pattern.Direction;
import pregao.strategy.catalog.PatternStatisticsResponse;

/**
 * The next entry that an analysis gives. It is said once for each block: whoever sees its
 * id again has seen it. No candle of the entry or after it was there; whether it is too
 * late by the clock is for whoever acts on it.
 *
 * @param id the same for the same analysis, instrument and block
 * @param person whose analysis
 * @param analysis which
 * @param instrument on which
 * @param pattern what traders call it
 * @param direction on which side
 * @param block the start of the block that was looked at, epoch milliseconds
 * @param entryAt when the first entry's candle opens, epoch milliseconds
 * @param entryMillis how long an entry's candle is
 * @param payout of an option, as a part of the stake
 * @param stakes of the first entry and of those after a lost one
 * @param evidence what the pattern did on this instrument, with what that is worth; not
 * corrected for having looked at many
 */
public record UpcomingEntry(UUID id, UUID person, UUID analysis, Instrument instrument, String pattern,
        Direction direction, long block, long entryAt, long entryMillis, BigDecimal payout, List<BigDecimal> stakes,
        PatternStatisticsResponse evidence) {

    public UpcomingEntry {
        stakes = List.copyOf(stakes);
    }

}
