package pregao.indicators.coverage;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * The statistics of stored ticks. The sample is limited to the newest rows, however many
 * ticks there are.
 *
 * @param since the first minute of the sample; null if it is empty
 * @param ticks the number of ticks
 * @param crossed the number of ticks whose ask is below the bid
 * @param coarse whether all ticks have whole seconds; null if unknown
 */
record TickStatistics(@Nullable Instant since, long ticks, long crossed, @Nullable Boolean coarse) {
}
