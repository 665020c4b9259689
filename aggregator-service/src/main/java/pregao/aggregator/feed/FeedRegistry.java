package pregao.aggregator.feed;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

import pregao.contracts.feed.Feed;

/**
 * The settings of each feed. Thread-safe.
 */
public final class FeedRegistry {

    private final Map<String, Feed> feeds = new ConcurrentHashMap<>();

    private final AtomicInteger version = new AtomicInteger();

    private volatile Listener listener = (name, settings) -> {
    };

    /**
     * Returns the settings of a feed, or the defaults if it has none.
     * @param name the name of the feed
     * @return the settings
     */
    public Feed getFeed(String name) {
        Feed feed = this.feeds.get(name);
        return (feed != null) ? feed : Feed.named(name);
    }

    /**
     * Stores the settings of a feed and replaces previous ones.
     * @param feed the settings
     */
    public void put(Feed feed) {
        this.feeds.put(feed.name(), feed);
        this.version.incrementAndGet();
        this.listener.onFeedChanged(feed.name(), feed);
    }

    /**
     * Removes the settings of a feed.
     * @param name the name of the feed
     */
    public void remove(String name) {
        this.feeds.remove(name);
        this.version.incrementAndGet();
        this.listener.onFeedChanged(name, null);
    }

    /**
     * Returns the settings of all feeds that have any.
     * @return a snapshot
     */
    public Collection<Feed> getAll() {
        return List.copyOf(this.feeds.values());
    }

    /**
     * Returns the version of the settings.
     * @return a number that every change increments
     */
    public int version() {
        return this.version.get();
    }

    /**
     * Sets the listener for changes.
     * @param listener is called after each change, on the thread that made it
     */
    void setListener(Listener listener) {
        this.listener = listener;
    }

    /**
     * Is notified of changes.
     */
    @FunctionalInterface
    interface Listener {

        /**
         * Is called after the settings of a feed have changed.
         * @param name the name of the feed
         * @param feed the new settings, or null if they were deleted
         */
        void onFeedChanged(String name, @Nullable Feed feed);

    }

}
