package pregao.session.broker.polarium;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Factory for maps that evict their oldest entry. A session uses them for data about its
 * orders.
 */
final class BoundedMap {

    private static final int MAX_SIZE = 2000;

    private BoundedMap() {
    }

    @SuppressWarnings("serial")
    static <K, V> Map<K, V> create() {
        return new LinkedHashMap<>() {

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > MAX_SIZE;
            }

        };
    }

}
