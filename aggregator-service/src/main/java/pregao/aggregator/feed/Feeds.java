package pregao.aggregator.feed;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import pregao.contracts.feed.Feed;

/**
 * The settings of each feed.
 */
public final class Feeds {

    private final Map<String, Feed> known = new ConcurrentHashMap<>();

    private volatile Runnable listener = () -> {
    };

    /**
     * The settings of a feed; the defaults where nobody said.
     * @param name of the feed
     * @return its settings
     */
    public Feed of(String name) {
        Feed feed = this.known.get(name);
        return (feed != null) ? feed : Feed.named(name);
    }

    /**
     * Takes settings, in place of those before.
     * @param feed the settings
     */
    public void put(Feed feed) {
        this.known.put(feed.name(), feed);
        this.listener.run();
    }

    /**
     * Forgets settings.
     * @param name of the feed
     */
    public void remove(String name) {
        this.known.remove(name);
        this.listener.run();
    }

    /**
     * All settings.
     * @return as they are now
     */
    public Collection<Feed> all() {
        return List.copyOf(this.known.values());
    }

    /**
     * Who wants to know of changes.
     * @param heard is called after each change, on the thread that made it
     */
    void onChange(Runnable heard) {
        this.listener = heard;
    }

}
