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

    private static final long HALF_HOUR_MILLIS = 30 * 60_000L;

    /** Ticks may stand so far out of their order. */
    private static final long MAX_DISORDER_MILLIS = 60_000L;

    private final long now;

    private final Map<String, Series> seriesByName = new HashMap<>();

    private boolean decidedLater;

    TimeOrder(long now) {
        this.now = now;
    }

    /**
     * The times of one series.
     * @param name the name of the series
     * @param step how far apart its items are, milliseconds; 0 for ticks
     * @return the series, also of an earlier pass
     */
    Series getSeries(String name, long step) {
        return this.seriesByName.computeIfAbsent(name, (_) -> new Series(step));
    }

    /** Begins another pass over the request. */
    void beginPass() {
        this.decidedLater = false;
        this.seriesByName.values().forEach(Series::beginPass);
    }

    /**
     * Whether another pass can tell more than this one.
     * @return true where a time left open was decided by what followed it
     */
    boolean canDecideMore() {
        return this.decidedLater;
    }

    /**
     * The times of one series in a request.
     */
    final class Series {

        private final long stepMillis;

        private long previousUtc = UNKNOWN;

        /** Above 0 where the oldest comes first, below 0 where the newest does. */
        private int direction;

        /** The last of the times before which nothing is known: both its moments. */
        private long undecidedEarlier = UNKNOWN;

        private long undecidedLater = UNKNOWN;

        /**
         * Of those times: 0 for the earlier moments, 1 for the later ones, -1 unknown.
         */
        private int leadingChoice = -1;

        private Series(long stepMillis) {
            this.stepMillis = stepMillis;
        }

        private void beginPass() {
            this.previousUtc = UNKNOWN;
            this.direction = 0;
            this.undecidedEarlier = UNKNOWN;
        }

        /**
         * Takes a moment that is known.
         * @param utc epoch milliseconds
         */
        void addKnown(long utc) {
            if (this.undecidedEarlier != UNKNOWN) {
                decide(Math.abs(utc - this.undecidedLater) <= Math.abs(utc - this.undecidedEarlier) ? 1 : 0);
            }
            if (this.previousUtc != UNKNOWN && this.direction == 0) {
                this.direction = Long.compare(utc, this.previousUtc);
            }
            this.previousUtc = utc;
        }

        private void decide(int choice) {
            this.leadingChoice = choice;
            this.undecidedEarlier = UNKNOWN;
            TimeOrder.this.decidedLater = true;
        }

        /**
         * The moment that is meant.
         * @param earlier the first moment, epoch milliseconds
         * @param later the second moment, epoch milliseconds
         * @return one of the two, or {@link #UNKNOWN}
         */
        long choose(long earlier, long later) {
            boolean nearEarlier = Math.abs(TimeOrder.this.now - earlier) <= HALF_HOUR_MILLIS;
            boolean nearLater = Math.abs(TimeOrder.this.now - later) <= HALF_HOUR_MILLIS;
            long chosen = UNKNOWN;
            if (nearEarlier != nearLater) {
                chosen = nearEarlier ? earlier : later;
            }
            else if (this.previousUtc != UNKNOWN) {
                chosen = isLaterMeant(this.previousUtc, earlier, later) ? later : earlier;
            }
            else if (this.leadingChoice >= 0) {
                chosen = (this.leadingChoice == 1) ? later : earlier;
            }
            if (chosen == UNKNOWN) {
                leaveUndecided(earlier, later);
            }
            else {
                addKnown(chosen);
            }
            return chosen;
        }

        /**
         * Goes on as the request goes, else near the one before; a bar as long as the
         * overlap does not come twice.
         */
        private boolean isLaterMeant(long reference, long earlier, long later) {
            if (reference == earlier) {
                return this.stepMillis >= later - earlier && this.direction >= 0;
            }
            if (reference == later && this.stepMillis >= later - earlier) {
                return this.direction >= 0;
            }
            if (this.direction > 0) {
                return earlier < reference - MAX_DISORDER_MILLIS;
            }
            if (this.direction < 0) {
                return later <= reference + MAX_DISORDER_MILLIS;
            }
            return Math.abs(later - reference) <= Math.abs(earlier - reference);
        }

        /** A clock that jumps back within the repeated hour begins it again. */
        private void leaveUndecided(long earlier, long later) {
            if (this.undecidedEarlier != UNKNOWN) {
                boolean repeated = this.undecidedEarlier == earlier && this.stepMillis >= later - earlier;
                if (repeated || this.undecidedEarlier - earlier >= HALF_HOUR_MILLIS) {
                    decide(0);
                    this.previousUtc = later;
                    return;
                }
            }
            this.undecidedEarlier = earlier;
            this.undecidedLater = later;
        }

    }

}
