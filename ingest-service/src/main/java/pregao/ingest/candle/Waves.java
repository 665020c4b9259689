package pregao.ingest.candle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import pregao.contracts.Instrument;
import pregao.contracts.Timeframe;
import pregao.contracts.candle.Candle;

/**
 * Candles of a request in groups in which each bucket is there once: the door takes one
 * of each a call. The second of a bucket is in the second group, and so on.
 */
final class Waves {

    private Waves() {
    }

    /**
     * Groups candles.
     * @param candles in the order they were sent
     * @return groups of positions, in the order they are to be put
     */
    static List<List<Integer>> of(List<Candle> candles) {
        List<List<Integer>> waves = new ArrayList<>();
        Map<Bucket, Integer> seen = HashMap.newHashMap(candles.size());
        for (int i = 0; i < candles.size(); i++) {
            int wave = seen.merge(Bucket.of(candles.get(i)), 1, Integer::sum) - 1;
            if (wave == waves.size()) {
                waves.add(new ArrayList<>(candles.size()));
            }
            waves.get(wave).add(i);
        }
        return waves;
    }

    /**
     * What can hold one candle.
     */
    record Bucket(Instrument instrument, Timeframe timeframe, long openTime) {

        static Bucket of(Candle candle) {
            return new Bucket(candle.instrument(), candle.timeframe(), candle.openTime());
        }

    }

}
