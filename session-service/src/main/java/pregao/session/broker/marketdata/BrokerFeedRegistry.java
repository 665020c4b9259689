package pregao.session.broker.marketdata;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The feeds of the configured brokers.
 */
public final class BrokerFeedRegistry {

    private final Map<String, BrokerFeed> byName = new TreeMap<>();

    public BrokerFeedRegistry(List<BrokerFeed> feeds) {
        feeds.forEach((feed) -> this.byName.put(feed.name(), feed));
    }

    List<BrokerFeed> getAll() {
        return List.copyOf(this.byName.values());
    }

    /**
     * Returns the names of the feeds.
     * @return the names; empty if no broker is configured
     */
    public Set<String> names() {
        return this.byName.keySet();
    }

    /**
     * Finds a feed.
     * @param name the name of the feed
     * @return the feed, or empty if no such broker is configured
     */
    public Optional<BrokerFeed> findByName(String name) {
        return Optional.ofNullable(this.byName.get(name));
    }

}
