package pregao.ingest.post;

import pregao.contracts.feed.Feed;
import pregao.ingest.ea.BodyText;
import pregao.ingest.ea.RequestClock;

/**
 * A post that may be read.
 *
 * @param owner who has the caller's key
 * @param feed of the caller's key
 * @param body the JSON in it
 * @param clock what its times mean
 * @param minimal whether the answer leaves plain items out
 */
public record Post(String owner, Feed feed, BodyText body, RequestClock clock, boolean minimal) {
}
