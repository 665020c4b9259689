package pregao.devcluster.replay;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Numbers the rows of one symbol and time in the order of the file, so that a row stays
 * the same tick however it is shuffled, split or sent again.
 *
 * <p>
 * It remembers the latest times of each symbol only; a file that comes back to a time
 * after that many others starts at 0 again.
 */
final class TickSequencer {

    private static final int CACHE_SIZE = 50_000;

    private final Map<String, Map<Long, Integer>> counts = new HashMap<>();

    /**
     * How many earlier rows had this symbol and time.
     * @param symbol as it is sent
     * @param time epoch milliseconds
     * @return 0 for the first
     */
    int next(String symbol, long time) {
        return this.counts.computeIfAbsent(symbol, (key) -> new RecentSequences()).merge(time, 1, Integer::sum) - 1;
    }

    private static final class RecentSequences extends LinkedHashMap<Long, Integer> {

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Integer> eldest) {
            return size() > CACHE_SIZE;
        }

    }

}
