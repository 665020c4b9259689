package pregao.ingest.access;

import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import pregao.ingest.problem.IngestException;
import pregao.ingest.problem.ProblemType;

/**
 * Authenticated caller: the owner of an API key, which belongs to one feed, or a user
 * with an access token, who names a feed.
 */
public final class Caller {

    private final String user;

    private final @Nullable String feed;

    private final Predicate<String> feedAccess;

    private Caller(String user, @Nullable String feed, Predicate<String> feedAccess) {
        this.user = user;
        this.feed = feed;
        this.feedAccess = feedAccess;
    }

    static Caller ofKey(String owner, String feed) {
        return new Caller(owner, feed, feed::equals);
    }

    static Caller ofUser(String id, Predicate<String> feedAccess) {
        return new Caller(id, null, feedAccess);
    }

    /**
     * Returns the owner of the API key, or the user of the token.
     * @return the user ID
     */
    public String user() {
        return this.user;
    }

    /**
     * Determines the feed of a request.
     * @param requestedFeed the feed named in the request, or null if there is none
     * @return the feed
     * @throws IngestException 400 if a user names no feed; 404 if the caller has no
     * access to the feed, whether it exists or not
     */
    public String resolveFeed(@Nullable String requestedFeed) {
        if (requestedFeed == null) {
            if (this.feed == null) {
                throw IngestException.of(ProblemType.BAD_REQUEST, "feed is missing, because the token names none")
                    .error(new IngestException.FieldError(-1, "feed", "a feed of yours", "missing"));
            }
            return this.feed;
        }
        if (!this.feedAccess.test(requestedFeed)) {
            throw IngestException.of(ProblemType.NOT_FOUND,
                    (this.feed != null) ? "the API key is not of this feed" : "you have no feed of this name");
        }
        return requestedFeed;
    }

    /**
     * Determines the feed in which to look up an item.
     * @param itemFeed the feed of the item; empty if there is no such item
     * @return the feed of the API key; for a user, the feed of the item, or empty if the
     * user has no access to it
     */
    public Mono<String> resolveItemFeed(Mono<String> itemFeed) {
        return (this.feed != null) ? Mono.just(this.feed) : itemFeed.filter(this.feedAccess);
    }

}
