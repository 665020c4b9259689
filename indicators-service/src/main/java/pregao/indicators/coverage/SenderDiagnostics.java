package pregao.indicators.coverage;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What the settings of a sender do to its data; null where the tables that know are not
 * there.
 *
 * @param snapshots final candles that were seen only before their end
 * @param heldTicks ticks in quarantine
 * @param rejections rejected items of the whole feed by reason, most first
 */
record SenderDiagnostics(@Nullable Long snapshots, @Nullable Long heldTicks, @Nullable List<Rejections> rejections) {

    /**
     * Rejected items of a feed that have a reason in common.
     *
     * @param item {@code candle} or {@code tick}
     * @param field which field is wrong
     * @param kind the class of the reason
     * @param count how many
     * @param symbol of the last one
     * @param example the reason of the last one
     * @param lastAt when it came
     */
    record Rejections(String item, String field, String kind, long count, @Nullable String symbol, String example,
            Instant lastAt) {
    }

}
