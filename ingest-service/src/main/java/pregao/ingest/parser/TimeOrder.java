package pregao.ingest.parser;

import java.util.HashMap;
import java.util.Map;

/**
 * Order of the times in a request, which resolves ambiguous local times: to the instant
 * near the arrival of the request, else to the instant that fits the order of the items.
 * One instance is used for all passes over a request, because the items after the first
 * times of a series are known only in the second pass.
 */
final class TimeOrder {

    /** The series does not determine the instant. */
    static final long UNKNOWN = Long.MIN_VALUE;

    private static final long HALF_HOUR_MILLIS = 30 * 60_000L;

    /** The maximum time by which ticks may be out of order. */
    private static final long MAX_DISORDER_MILLIS = 60_000L;

    private final long now;

    private final Map<String, Series> seriesByName = new HashMap<>();

    private boolean decidedLater;

    TimeOrder(long now) {
        this.now = now;
    }

    /**
     * Returns a series.
     * @param name the name of the series
     * @param step the interval between its items, milliseconds; 0 for ticks
     * @return the series; the same for all passes
     */
    Series getSeries(String name, long step) {
        return this.seriesByName.computeIfAbsent(name, (_) -> new Series(step));
    }

    /** Starts another pass over the request. */
    void beginPass() {
        this.decidedLater = false;
        this.seriesByName.values().forEach(Series::beginPass);
    }

    /**
     * Returns whether another pass can resolve more times.
     * @return true if a later item determined a time that was unresolved before
     */
    boolean canDecideMore() {
        return this.decidedLater;
    }

    /**
     * Times of one series in a request.
     */
    final class Series {

        private final long stepMillis;

        private long previousUtc = UNKNOWN;

        /**
         * Positive if the oldest item comes first, negative if the newest item comes
         * first.
         */
        private int direction;

        /** The two instants of the last unresolved time at the start of the series. */
        private long undecidedEarlier = UNKNOWN;

        private long undecidedLater = UNKNOWN;

        /**
         * The choice for the unresolved times at the start of the series: 0 for the
         * earlier instants, 1 for the later ones, -1 if it is unknown.
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
         * Adds an unambiguous instant.
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
         * Chooses between the two instants of an ambiguous time.
         * @param earlier the first instant, epoch milliseconds
         * @param later the second instant, epoch milliseconds
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
         * Follows the direction of the series, or else chooses the instant near the
         * previous one. A bar at least as long as the overlap does not repeat.
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

        /**
         * A time that jumps back within the repeated hour starts its second occurrence.
         */
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
