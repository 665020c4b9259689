package pregao.session.broker.marketdata;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The brokers that are configured, as feeds.
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
     * Their names.
     * @return none where no broker is configured
     */
    public Set<String> names() {
        return this.byName.keySet();
    }

    /**
     * A feed.
     * @param name its name
     * @return empty where no such broker is configured
     */
    public Optional<BrokerFeed> findByName(String name) {
        return Optional.ofNullable(this.byName.get(name));
    }

}
