package pregao.ingest.parser;

import java.util.HashMap;
import java.util.Map;

/**
 * Which moment a local time means that a clock shows twice: the one near the arrival,
 * else the one that the order of the request gives. One of these holds for all passes
 * over a request: what follows a series' first times is known in the second pass.
 */
final class TimeOrder {

    /** The series does not say which moment is meant. */
    static final long UNKNOWN = Long.MIN_VALUE;

    private static final long HALF_HOUR = 30 * 60_000L;

    /** Ticks may stand so far out of their order. */
    private static final long UNORDERED = 60_000L;

    private final long now;

    private final Map<String, Series> byName = new HashMap<>();

    private boolean decided;

    TimeOrder(long now) {
        this.now = now;
    }

    /**
     * The times of one series.
     * @param name the name of the series
     * @param step how far apart its items are, milliseconds; 0 for ticks
     * @return the series, also of an earlier pass
     */
    Series series(String name, long step) {
        return this.byName.computeIfAbsent(name, (_) -> new Series(step));
    }

    /** Begins another pass over the request. */
    void begin() {
        this.decided = false;
        this.byName.values().forEach(Series::begin);
    }

    /**
     * Whether another pass can tell more than this one.
     * @return true where a time left open was decided by what followed it
     */
    boolean canDecideMore() {
        return this.decided;
    }

    /**
     * The times of one series in a request.
     */
    final class Series {

        private final long step;

        private long previous = UNKNOWN;

        /** Above 0 where the oldest comes first, below 0 where the newest does. */
        private int direction;

        /** The last of the times before which nothing is known: both its moments. */
        private long openEarlier = UNKNOWN;

        private long openLater = UNKNOWN;

        /**
         * Of those times: 0 for the earlier moments, 1 for the later ones, -1 unknown.
         */
        private int leading = -1;

        private Series(long step) {
            this.step = step;
        }

        private void begin() {
            this.previous = UNKNOWN;
            this.direction = 0;
            this.openEarlier = UNKNOWN;
        }

        /**
         * Takes a moment that is known.
         * @param utc epoch milliseconds
         */
        void pass(long utc) {
            if (this.openEarlier != UNKNOWN) {
                decide(Math.abs(utc - this.openLater) <= Math.abs(utc - this.openEarlier) ? 1 : 0);
            }
            if (this.previous != UNKNOWN && this.direction == 0) {
                this.direction = Long.compare(utc, this.previous);
            }
            this.previous = utc;
        }

        private void decide(int which) {
            this.leading = which;
            this.openEarlier = UNKNOWN;
            TimeOrder.this.decided = true;
        }

        /**
         * The moment that is meant.
         * @param earlier the first moment, epoch milliseconds
         * @param later the second moment, epoch milliseconds
         * @return one of the two, or {@link #UNKNOWN}
         */
        long choose(long earlier, long later) {
            boolean nearEarlier = Math.abs(TimeOrder.this.now - earlier) <= HALF_HOUR;
            boolean nearLater = Math.abs(TimeOrder.this.now - later) <= HALF_HOUR;
            long chosen = UNKNOWN;
            if (nearEarlier != nearLater) {
                chosen = nearEarlier ? earlier : later;
            }
            else if (this.previous != UNKNOWN) {
                chosen = isSecond(this.previous, earlier, later) ? later : earlier;
            }
            else if (this.leading >= 0) {
                chosen = (this.leading == 1) ? later : earlier;
            }
            if (chosen == UNKNOWN) {
                leaveOpen(earlier, later);
            }
            else {
                pass(chosen);
            }
            return chosen;
        }

        /**
         * Goes on as the request goes, else near the one before; a bar as long as the
         * overlap does not come twice.
         */
        private boolean isSecond(long before, long earlier, long later) {
            if (before == earlier) {
                return this.step >= later - earlier && this.direction >= 0;
            }
            if (before == later && this.step >= later - earlier) {
                return this.direction >= 0;
            }
            if (this.direction > 0) {
                return earlier < before - UNORDERED;
            }
            if (this.direction < 0) {
                return later <= before + UNORDERED;
            }
            return Math.abs(later - before) <= Math.abs(earlier - before);
        }

        /** A clock that jumps back within the repeated hour begins it again. */
        private void leaveOpen(long earlier, long later) {
            if (this.openEarlier != UNKNOWN) {
                boolean again = this.openEarlier == earlier && this.step >= later - earlier;
                if (again || this.openEarlier - earlier >= HALF_HOUR) {
                    decide(0);
                    this.previous = later;
                    return;
                }
            }
            this.openEarlier = earlier;
            this.openLater = later;
        }

    }

}
