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

    private final Map<String, Feed> known = new ConcurrentHashMap<>();

    private final AtomicInteger version = new AtomicInteger();

    private volatile Listener listener = (name, settings) -> {
    };

    /**
     * Returns the settings of a feed, or the defaults if it has none.
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
        this.version.incrementAndGet();
        this.listener.changed(feed.name(), feed);
    }

    /**
     * Forgets settings.
     * @param name of the feed
     */
    public void remove(String name) {
        this.known.remove(name);
        this.version.incrementAndGet();
        this.listener.changed(name, null);
    }

    /**
     * Returns all settings.
     * @return as they are now
     */
    public Collection<Feed> all() {
        return List.copyOf(this.known.values());
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
     * @param heard is called after each change, on the thread that made it
     */
    void onChange(Listener heard) {
        this.listener = heard;
    }

    /**
     * Learns of changes.
     */
    @FunctionalInterface
    interface Listener {

        /**
         * Settings changed.
         * @param name of the feed
         * @param settings of now, or null where they were deleted
         */
        void changed(String name, @Nullable Feed settings);

    }

}
