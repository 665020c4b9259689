package pregao.pipeline.offset;

import org.jspecify.annotations.Nullable;

/**
 * A compare-and-set of the stored offset of a partition: it fails if the stored offset is
 * not {@code from}.
 *
 * @param key the key of the partition, such as {@code tick/3}
 * @param from the expected stored offset
 * @param to the new offset, which is that of the next record to read
 * @param candles the keys of the candles that this batch stored, as JSON; null to keep
 * the stored keys
 */
public record OffsetAdvance(String key, long from, long to, @Nullable String candles) {
}
