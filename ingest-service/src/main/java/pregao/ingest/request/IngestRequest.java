package pregao.ingest.request;

import pregao.contracts.feed.Feed;
import pregao.ingest.instrument.FeedInstruments;
import pregao.ingest.parser.BodyDecoder;
import pregao.ingest.parser.TimestampResolver;

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
public record IngestRequest(String owner, Feed feed, BodyDecoder body, TimestampResolver clock,
        FeedInstruments instruments, int maxItems, boolean minimal) {
}
