package pregao.aggregator.pipeline;

import pregao.contracts.Instrument;
import pregao.contracts.feed.FeedClock;

/**
 * The progress of the rebuild of an instrument.
 *
 * @param instrument the instrument
 * @param built the day zone of its stored candles
 * @param target the day zone to rebuild for
 * @param next where the rebuild continues, in epoch milliseconds
 */
record GridProgress(Instrument instrument, FeedClock built, FeedClock target, long next) {

    GridProgress withNext(long next) {
        return new GridProgress(this.instrument, this.built, this.target, next);
    }

    boolean isDone() {
        return this.next == Long.MAX_VALUE;
    }

}
