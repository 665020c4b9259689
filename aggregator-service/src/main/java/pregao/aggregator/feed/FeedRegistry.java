package pregao.aggregator.feed;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

import pregao.contracts.feed.Feed;

/**
 * The settings of each feed.
 */
public final class FeedRegistry {

    private final Map<String, Feed> feeds = new ConcurrentHashMap<>();

    private final AtomicInteger version = new AtomicInteger();

    private volatile Listener listener = (name, settings) -> {
    };

    /**
     * Returns the settings of a feed, or the defaults if it has none.
     * @param name of the feed
     * @return its settings
     */
    public Feed getFeed(String name) {
        Feed feed = this.feeds.get(name);
        return (feed != null) ? feed : Feed.named(name);
    }

    /**
     * Takes settings, in place of those before.
     * @param feed the settings
     */
    public void put(Feed feed) {
        this.feeds.put(feed.name(), feed);
        this.version.incrementAndGet();
        this.listener.onFeedChanged(feed.name(), feed);
    }

    /**
     * Forgets settings.
     * @param name of the feed
     */
    public void remove(String name) {
        this.feeds.remove(name);
        this.version.incrementAndGet();
        this.listener.onFeedChanged(name, null);
    }

    /**
     * Returns all settings.
     * @return as they are now
     */
    public Collection<Feed> getAll() {
        return List.copyOf(this.feeds.values());
    }

    /**
     * How often settings changed.
     * @return another number after each change
     */
    public int version() {
        return this.version.get();
    }

    /**
     * Who wants to know of changes.
     * @param listener is called after each change, on the thread that made it
     */
    void setListener(Listener listener) {
        this.listener = listener;
    }

    /**
     * Learns of changes.
     */
    @FunctionalInterface
    interface Listener {

        /**
         * Settings changed.
         * @param name of the feed
         * @param feed of now, or null where they were deleted
         */
        void onFeedChanged(String name, @Nullable Feed feed);

    }

}
