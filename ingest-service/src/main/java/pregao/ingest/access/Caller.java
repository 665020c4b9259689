package pregao.ingest.access;

import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import pregao.ingest.problem.IngestException;
import pregao.ingest.problem.ProblemType;

/**
 * Who asks: an API key, which is of one feed, or a person, who names a feed.
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
     * Whose key it is, or who is logged in.
     * @return the user
     */
    public String user() {
        return this.user;
    }

    /**
     * Decides which feed a request is about.
     * @param requestedFeed the feed in the request, or null for none
     * @return the feed
     * @throws IngestException 400 if a person names none, 404 for the feed of somebody
     * else, whether it is there or not
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
     * Decides whether the caller may know of an item.
     * @param itemFeed the feed of the item; nothing if there is no such item
     * @return the feed in which to look for the item, or nothing for an item of somebody
     * else
     */
    public Mono<String> resolveItemFeed(Mono<String> itemFeed) {
        return (this.feed != null) ? Mono.just(this.feed) : itemFeed.filter(this.feedAccess);
    }

}
