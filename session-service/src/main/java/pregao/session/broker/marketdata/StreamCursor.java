package pregao.session.broker.marketdata;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import pregao.session.broker.api.BrokerCandle;

/**
 * How far the closed candles of an instrument are stored. Times are epoch seconds.
 *
 * <p>
 * A forming candle may be told only once all before it are stored, as whoever goes on
 * after us begins at the newest that is there.
 */
final class StreamCursor {

    /** The longest interruption that is filled without being asked. */
    static final Duration MAX_HISTORY = Duration.ofDays(30);

    static final int MINUTE_SECONDS = 60;

    private static final int PAGE_SECONDS = 1000 * MINUTE_SECONDS;

    private long nextMissing;

    private long completeUntil;

    /**
     * Sets where to go on.
     * @param firstMissing the first that is not stored
     * @param now this moment
     */
    synchronized void initialize(long firstMissing, long now) {
        this.nextMissing = floorToMinute(Math.max(firstMissing, now - MAX_HISTORY.toSeconds()));
        this.completeUntil = 0;
    }

    static long floorToMinute(long epochSecond) {
        return Math.floorDiv(epochSecond, MINUTE_SECONDS) * MINUTE_SECONDS;
    }

    /**
     * What to ask for next.
     * @param until the end of the last closed candle
     * @return null where everything is stored
     */
    synchronized @Nullable FetchWindow nextWindow(long until) {
        if (this.nextMissing >= until) {
            this.completeUntil = Math.max(this.completeUntil, until);
            return null;
        }
        long to = Math.min(until, this.nextMissing + PAGE_SECONDS);
        return new FetchWindow(this.nextMissing, to, to == until);
    }

    /**
     * Goes on: a page is stored.
     * @param window which
     * @param candles what there was of it
     */
    synchronized void advance(FetchWindow window, List<BrokerCandle> candles) {
        if (!window.last()) {
            this.nextMissing = window.to();
            return;
        }
        if (!candles.isEmpty()) {
            this.nextMissing = Math.max(this.nextMissing, candles.getLast().to());
        }
        this.completeUntil = Math.max(this.completeUntil, window.to());
    }

    /**
     * Whether a forming candle may be told.
     * @param candle which
     * @return true if nothing before it is missing here and it is not stored as closed
     */
    synchronized boolean canPublishForming(BrokerCandle candle) {
        return candle.from() >= this.nextMissing && candle.from() <= this.completeUntil;
    }

    /**
     * A stretch of time to ask for.
     *
     * @param from inclusive
     * @param to exclusive
     * @param last whether nothing closed comes after it
     */
    record FetchWindow(long from, long to, boolean last) {

        /**
         * Whether the newest closed candle is not there yet.
         * @param candles what there is
         * @return true if it is worth asking again
         */
        boolean lacksLastCandle(List<BrokerCandle> candles) {
            return this.last && (candles.isEmpty() || candles.getLast().to() < this.to);
        }

    }

}
