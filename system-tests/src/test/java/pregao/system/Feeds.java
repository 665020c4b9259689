package pregao.system;

import java.time.Duration;
import java.util.function.UnaryOperator;

import pregao.contracts.PriceBasis;
import pregao.contracts.feed.Feed;
import pregao.contracts.feed.FeedClock;

/**
 * Named kinds of feeds.
 */
final class Feeds {

    /** As a terminal that nobody set up: mid prices, UTC. */
    static final UnaryOperator<Feed> PLAIN = (feed) -> feed;

    /** A recording of bids, whose minutes end on its own time. */
    static final UnaryOperator<Feed> RECORDED_BIDS = (feed) -> new Feed(feed.name(), PriceBasis.BID, feed.clock(),
            feed.dayZone(), feed.closeAfter(), feed.calendar(), true);

    /** A recording of mid prices, whose minutes end on its own time. */
    static final UnaryOperator<Feed> RECORDED = (feed) -> new Feed(feed.name(), PriceBasis.MID, feed.clock(),
            feed.dayZone(), feed.closeAfter(), feed.calendar(), true);

    /** A broker whose day ends when New York's session does. */
    static final FeedClock BROKER_CLOCK = FeedClock.parse("America/New_York+07:00");

    /** A terminal at that broker: bids, broker time. */
    static final UnaryOperator<Feed> BROKER = (feed) -> new Feed(feed.name(), PriceBasis.BID, BROKER_CLOCK,
            feed.dayZone(), Duration.ofSeconds(1), feed.calendar(), false);

    private Feeds() {
    }

}
