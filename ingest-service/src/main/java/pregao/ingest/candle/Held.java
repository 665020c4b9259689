package pregao.ingest.candle;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import pregao.contracts.candle.Candle;
import pregao.market.quality.Doubt;

/**
 * What of a request went into quarantine.
 *
 * @param doubts by the candle's place in the request
 * @param added how many were not there yet
 * @param released how many left it, because a level lasts
 */
record Held(Map<Integer, Doubt> doubts, long added, long released) {

    /** Nothing. */
    static final Held NONE = new Held(Map.of(), 0, 0);

    Held {
        doubts = Map.copyOf(doubts);
    }

    Held withReleased(long count) {
        return new Held(this.doubts, this.added, count);
    }

    List<Candle> believed(List<Candle> candles) {
        if (this.doubts.isEmpty()) {
            return candles;
        }
        List<Candle> believed = new ArrayList<>(candles.size());
        for (int i = 0; i < candles.size(); i++) {
            if (!this.doubts.containsKey(i)) {
                believed.add(candles.get(i));
            }
        }
        return believed;
    }

}
