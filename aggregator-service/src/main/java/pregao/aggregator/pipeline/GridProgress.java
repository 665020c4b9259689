package pregao.aggregator.pipeline;

import pregao.contracts.Instrument;
import pregao.contracts.feed.FeedClock;

/**
 * How far the rebuild of an instrument is.
 *
 * @param instrument of which
 * @param built the day zone of its stored candles
 * @param target the day zone that it gets
 * @param next where the rebuild goes on, epoch milliseconds
 */
record GridProgress(Instrument instrument, FeedClock built, FeedClock target, long next) {

    GridProgress withNext(long next) {
        return new GridProgress(this.instrument, this.built, this.target, next);
    }

    boolean isDone() {
        return this.next == Long.MAX_VALUE;
    }

}
