package pregao.ingest.post;

import pregao.contracts.feed.Feed;
import pregao.ingest.ea.BodyText;
import pregao.ingest.ea.RequestClock;
import pregao.ingest.instrument.FeedInstruments;

/**
 * A post that may be read.
 *
 * @param owner who has the caller's key
 * @param feed of the caller's key
 * @param body the JSON in it
 * @param clock what its times mean
 * @param instruments of the feed
 * @param maxItems how many items it may have
 * @param minimal whether the answer leaves plain items out
 */
public record Post(String owner, Feed feed, BodyText body, RequestClock clock, FeedInstruments instruments,
        int maxItems, boolean minimal) {
}
