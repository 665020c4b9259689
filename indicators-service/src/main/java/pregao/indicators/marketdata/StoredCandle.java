package pregao.indicators.marketdata;

import java.time.Instant;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A candle as the database has it; decimals stay the exact text the database wrote.
 *
 * @param ts when it opens
 * @param open first price
 * @param high highest price
 * @param low lowest price
 * @param close last price
 * @param volume what was traded, or how many ticks
 * @param spread ask minus bid; null where nobody said
 * @param inPoints whether the spread counts points
 * @param isFinal whether its time has passed
 * @param source given, ticks or rollup
 * @param revision 0 while forming, 1 at first, one more for each change
 */
record StoredCandle(Instant ts, @Schema(type = "number") String open, @Schema(type = "number") String high,
        @Schema(type = "number") String low, @Schema(type = "number") String close,
        @Schema(type = "number") String volume, @Nullable @Schema(type = "number") String spread, boolean inPoints,
        boolean isFinal, String source, int revision) {

}
