package pregao.pipeline.offset;

import org.jspecify.annotations.Nullable;

/**
 * The stored offset of a partition.
 *
 * @param offset the offset of the next record to read
 * @param candles the keys of the candles that the last batch stored, as JSON, or null
 */
public record StoredOffset(long offset, @Nullable String candles) {
}
