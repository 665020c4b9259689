package pregao.pipeline.offset;

import org.jspecify.annotations.Nullable;

/**
 * How far a partition is.
 *
 * @param offset the next record to be read
 * @param candles what the last batch stored, as JSON, or null
 */
public record StoredOffset(long offset, @Nullable String candles) {
}
