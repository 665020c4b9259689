package pregao.ingest.feed;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import pregao.contracts.feed.Feed;

/**
 * In-memory registry of the feeds of the topic {@code feed}.
 */
@Component
public class FeedRegistry {

    private final Map<String, Feed> feedsByName = new ConcurrentHashMap<>();

    /** Bounded by the number of feeds that have an owner. */
    private final Map<String, String> ownersByName = new ConcurrentHashMap<>();

    /**
     * Applies a record of the topic.
     * @param name the key of the record
     * @param feed the value of the record, or null for a tombstone
     * @param owner the ID of the user who owns the feed, or null if there is none
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
     * Returns whether the topic has a feed of a name.
     * @param name the name of the feed
     * @return false if the feed does not exist
     */
    public boolean isKnown(String name) {
        return this.feedsByName.containsKey(name);
    }

    /**
     * Finds the owner of a feed.
     * @param name the name of the feed
     * @return the user ID, or null if the feed has no owner
     */
    public @Nullable String findOwner(String name) {
        return this.ownersByName.get(name);
    }

    /**
     * Returns the settings of a feed.
     * @param name the name of the feed
     * @return the settings from the topic, or default settings if it has none
     */
    public Feed getFeed(String name) {
        Feed feed = this.feedsByName.get(name);
        return (feed != null) ? feed : Feed.named(name);
    }

}
