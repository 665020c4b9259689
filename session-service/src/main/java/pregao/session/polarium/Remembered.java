package pregao.session.polarium;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Maps of what belongs to a session's orders, which forget the oldest.
 */
final class Remembered {

    private static final int MOST = 2000;

    private Remembered() {
    }

    @SuppressWarnings("serial")
    static <K, V> Map<K, V> map() {
        return new LinkedHashMap<>() {

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > MOST;
            }

        };
    }

}
