package pregao.pipeline.offset;

import org.jspecify.annotations.Nullable;

/**
 * A step of one partition, taken only if it is where the mover thinks.
 *
 * @param key such as {@code tick/3}
 * @param from where it is to be, the next offset
 * @param to where it goes
 * @param candles what this batch stored, as JSON, or null to keep what is there
 */
public record OffsetAdvance(String key, long from, long to, @Nullable String candles) {
}
