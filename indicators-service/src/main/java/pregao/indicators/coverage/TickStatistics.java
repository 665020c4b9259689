package pregao.indicators.coverage;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What stored ticks tell. The newest rows are looked at, however many ticks there are.
 *
 * @param since the first minute that was looked at; null where there is none
 * @param ticks how many ticks
 * @param crossed how many have the ask below the bid
 * @param coarse whether all have whole seconds; null where nobody looked
 */
record TickStatistics(@Nullable Instant since, long ticks, long crossed, @Nullable Boolean coarse) {
}
