package pregao.ingest.request;

import pregao.contracts.feed.Feed;
import pregao.ingest.instrument.FeedInstruments;
import pregao.ingest.parser.BodyDecoder;
import pregao.ingest.parser.TimestampResolver;

/**
 * An authenticated ingest request whose body can be parsed.
 *
 * @param owner the owner of the API key
 * @param feed the feed of the API key
 * @param body the JSON of the body
 * @param clock resolves the timestamps of the request
 * @param instruments the instruments of the feed
 * @param maxItems the maximum number of items
 * @param minimal whether the response leaves out accepted items
 */
public record IngestRequest(String owner, Feed feed, BodyDecoder body, TimestampResolver clock,
        FeedInstruments instruments, int maxItems, boolean minimal) {
}
