package pregao.indicators.coverage;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The effects of a sender's settings on its data; null if the tables do not exist.
 *
 * @param snapshots the number of final candles that were seen only before their end
 * @param heldTicks the number of ticks in quarantine
 * @param rejections the rejected items of the whole feed by reason, the most frequent
 * first
 */
record SenderDiagnostics(@Nullable Long snapshots, @Nullable Long heldTicks, @Nullable List<Rejections> rejections) {

    /**
     * Rejected items of a feed with the same reason.
     *
     * @param item {@code candle} or {@code tick}
     * @param field the invalid field
     * @param kind the class of the reason
     * @param count the number of items
     * @param symbol the symbol of the last item
     * @param example the reason of the last item
     * @param lastAt when the last item arrived
     */
    record Rejections(String item, String field, String kind, long count, @Nullable String symbol, String example,
            Instant lastAt) {
    }

}
