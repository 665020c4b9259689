package pregao.contracts;

import java.util.List;
import java.util.Optional;

/**
 * The length of a candle. Buckets start on UTC multiples of it.
 */
public enum Timeframe {

    /** One minute, the one all others are made of. */
    M1(1),
    /** Five minutes. */
    M5(5),
    /** A quarter of an hour. */
    M15(15),
    /** Half an hour. */
    M30(30),
    /** An hour. */
    H1(60),
    /** Four hours, from 00:00, 04:00, … */
    H4(240),
    /** A day, from midnight. */
    D1(1440);

    /** The timeframes that are folded from {@link #M1}, shortest first. */
    public static final List<Timeframe> ROLLED_UP = List.of(M5, M15, M30, H1, H4, D1);

    private static final long MILLIS_A_MINUTE = 60_000;

    private final long millis;

    Timeframe(long minutes) {
        this.millis = minutes * MILLIS_A_MINUTE;
    }

    /**
     * How long a candle is.
     * @return minutes
     */
    public long minutes() {
        return this.millis / MILLIS_A_MINUTE;
    }

    /**
     * How long a candle is.
     * @return milliseconds
     */
    public long millis() {
        return this.millis;
    }

    /**
     * The start of the bucket that holds a moment, rounding down before 1970 too.
     * @param epochMillis a moment, epoch milliseconds
     * @return epoch milliseconds
     */
    public long bucketStart(long epochMillis) {
        return Math.floorDiv(epochMillis, this.millis) * this.millis;
    }

    /**
     * The first moment after the bucket that holds a moment.
     * @param epochMillis a moment, epoch milliseconds
     * @return epoch milliseconds
     */
    public long bucketEnd(long epochMillis) {
        return bucketStart(epochMillis) + this.millis;
    }

    /**
     * Whether a moment is the start of a bucket.
     * @param epochMillis a moment, epoch milliseconds
     * @return true on a boundary
     */
    public boolean isAligned(long epochMillis) {
        return Math.floorMod(epochMillis, this.millis) == 0;
    }

    /**
     * The timeframe of a name.
     * @param name such as {@code M5}, in capitals
     * @return the timeframe, or empty where there is none of that name
     */
    public static Optional<Timeframe> named(String name) {
        for (Timeframe timeframe : values()) {
            if (timeframe.name().equals(name)) {
                return Optional.of(timeframe);
            }
        }
        return Optional.empty();
    }

}
