package pregao.ingest.feed;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import pregao.contracts.feed.Feed;

/**
 * The feeds of the topic {@code feed}.
 */
@Component
public class FeedRegistry {

    private final Map<String, Feed> feedsByName = new ConcurrentHashMap<>();

    /** As many as there are feeds that belong to somebody. */
    private final Map<String, String> ownersByName = new ConcurrentHashMap<>();

    /**
     * Takes a record of the topic.
     * @param name the record's key
     * @param feed its value, or null where the feed is gone
     * @param owner the id of the person whose feed it is, or null for nobody
     */
    public void put(String name, @Nullable Feed feed, @Nullable String owner) {
        if (feed == null) {
            this.feedsByName.remove(name);
        }
        else {
            this.feedsByName.put(name, feed);
        }
        if (feed == null || owner == null) {
            this.ownersByName.remove(name);
        }
        else {
            this.ownersByName.put(name, owner);
        }
    }

    /**
     * Whether the topic has a feed.
     * @param name its name
     * @return false for a feed that nobody made
     */
    public boolean isKnown(String name) {
        return this.feedsByName.containsKey(name);
    }

    /**
     * Whose a feed is.
     * @param name its name
     * @return the id of a person, or null for nobody
     */
    public @Nullable String findOwner(String name) {
        return this.ownersByName.get(name);
    }

    /**
     * The settings of a feed.
     * @param name its name
     * @return what the topic says, else what holds for a feed that says nothing
     */
    public Feed getFeed(String name) {
        Feed feed = this.feedsByName.get(name);
        return (feed != null) ? feed : Feed.named(name);
    }

}
