package pregao.session.broker.marketdata;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import pregao.session.broker.api.BrokerCandle;

/**
 * The position up to which the final candles of an instrument are stored. Times are epoch
 * seconds.
 *
 * <p>
 * A forming candle may be published only after all candles before it are stored, because
 * a replica that takes over continues at the latest stored candle.
 */
final class StreamCursor {

    /** The longest interruption that is recovered automatically. */
    static final Duration MAX_HISTORY = Duration.ofDays(30);

    static final int MINUTE_SECONDS = 60;

    private static final int PAGE_SECONDS = 1000 * MINUTE_SECONDS;

    private long nextMissing;

    private long completeUntil;

    /**
     * Sets the position.
     * @param firstMissing the open time of the first candle that is not stored
     * @param now the current time
     */
    synchronized void initialize(long firstMissing, long now) {
        this.nextMissing = floorToMinute(Math.max(firstMissing, now - MAX_HISTORY.toSeconds()));
        this.completeUntil = 0;
    }

    static long floorToMinute(long epochSecond) {
        return Math.floorDiv(epochSecond, MINUTE_SECONDS) * MINUTE_SECONDS;
    }

    /**
     * Returns the next range to fetch.
     * @param until the end of the last final candle
     * @return the range, or null if everything is stored
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
     * Advances after a range was stored.
     * @param window the range
     * @param candles the candles of the range
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
     * Returns whether a forming candle may be published.
     * @param candle the candle
     * @return true if no earlier candle is missing and the candle is not stored as final
     */
    synchronized boolean canPublishForming(BrokerCandle candle) {
        return candle.from() >= this.nextMissing && candle.from() <= this.completeUntil;
    }

    /**
     * A time range to fetch.
     *
     * @param from the start, inclusive
     * @param to the end, exclusive
     * @param last whether no final candle follows
     */
    record FetchWindow(long from, long to, boolean last) {

        /**
         * Returns whether the latest final candle is still missing.
         * @param candles the candles of the range
         * @return true if the request is worth repeating
         */
        boolean lacksLastCandle(List<BrokerCandle> candles) {
            return this.last && (candles.isEmpty() || candles.getLast().to() < this.to);
        }

    }

}
