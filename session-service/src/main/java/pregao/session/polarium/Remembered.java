package pregao.session.polarium;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Maps of a session's orders, which forget the oldest.
 */
final class Remembered {

    private static final int MOST = 2000;

    private Remembered() {
    }

    @SuppressWarnings("serial")
    static <V> Map<UUID, V> map() {
        return new LinkedHashMap<>() {

            @Override
            protected boolean removeEldestEntry(Map.Entry<UUID, V> eldest) {
                return size() > MOST;
            }

        };
    }

}
