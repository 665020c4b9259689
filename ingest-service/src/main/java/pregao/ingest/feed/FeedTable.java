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
public class FeedTable {

    private final Map<String, Feed> byName = new ConcurrentHashMap<>();

    /**
     * Takes a record of the topic.
     * @param name the record's key
     * @param feed its value, or null where the feed is gone
     */
    public void put(String name, @Nullable Feed feed) {
        if (feed == null) {
            this.byName.remove(name);
        }
        else {
            this.byName.put(name, feed);
        }
    }

    /**
     * The settings of a feed.
     * @param name its name
     * @return what the topic says, else what holds for a feed that says nothing
     */
    public Feed named(String name) {
        Feed known = this.byName.get(name);
        return (known != null) ? known : Feed.named(name);
    }

}
