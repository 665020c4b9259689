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
    static final Duration REACH = Duration.ofDays(30);

    static final int MINUTE = 60;

    private static final int PAGE = 1000 * MINUTE;

    private long next;

    private long reached;

    /**
     * Sets where to go on.
     * @param stored the first that is not stored
     * @param now this moment
     */
    synchronized void begin(long stored, long now) {
        this.next = minute(Math.max(stored, now - REACH.toSeconds()));
        this.reached = 0;
    }

    static long minute(long moment) {
        return Math.floorDiv(moment, MINUTE) * MINUTE;
    }

    /**
     * What to ask for next.
     * @param until the end of the last closed candle
     * @return null where everything is stored
     */
    synchronized @Nullable FetchWindow page(long until) {
        if (this.next >= until) {
            this.reached = Math.max(this.reached, until);
            return null;
        }
        long to = Math.min(until, this.next + PAGE);
        return new FetchWindow(this.next, to, to == until);
    }

    /**
     * Goes on: a page is stored.
     * @param page which
     * @param candles what there was of it
     */
    synchronized void stored(FetchWindow page, List<BrokerCandle> candles) {
        if (!page.last()) {
            this.next = page.to();
            return;
        }
        if (!candles.isEmpty()) {
            this.next = Math.max(this.next, candles.getLast().to());
        }
        this.reached = Math.max(this.reached, page.to());
    }

    /**
     * Whether a forming candle may be told.
     * @param candle which
     * @return true if nothing before it is missing here and it is not stored as closed
     */
    synchronized boolean allows(BrokerCandle candle) {
        return candle.from() >= this.next && candle.from() <= this.reached;
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
        boolean lacksItsEnd(List<BrokerCandle> candles) {
            return this.last && (candles.isEmpty() || candles.getLast().to() < this.to);
        }

    }

}
