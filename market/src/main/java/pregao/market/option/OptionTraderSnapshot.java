package pregao.market.option;

import java.util.List;

import org.jspecify.annotations.Nullable;

import pregao.market.pattern.Direction;

/**
 * What an {@link OptionTrader} knows, to be kept.
 *
 * @param minutes final M1 candles that may still be looked at, in order of time
 * @param considered the last moment for which a block was read or an entry said, epoch
 * milliseconds
 * @param running the cycle that is not over, or null
 */
public record OptionTraderSnapshot(List<Minute> minutes, long considered, @Nullable Running running) {

    /** Before the first minute. */
    public static final OptionTraderSnapshot EMPTY = new OptionTraderSnapshot(List.of(), Long.MIN_VALUE, null);

    public OptionTraderSnapshot {
        minutes = List.copyOf(minutes);
    }

    /**
     * A final M1 candle.
     *
     * @param time it opened, epoch milliseconds
     * @param open units of 1e-8
     * @param close units of 1e-8
     */
    public record Minute(long time, long open, long close) {

    }

    /**
     * A cycle that is not over.
     *
     * @param direction of the first entry
     * @param cycle how it stands
     * @param entry the last one that was said
     * @param awaited whether nobody has said yet how that ended
     */
    public record Running(Direction direction, MartingaleCycle cycle, OptionEntry entry, boolean awaited) {

    }

}
