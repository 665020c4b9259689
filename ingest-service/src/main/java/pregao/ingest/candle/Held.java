package pregao.ingest.candle;

import java.util.Map;

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

}
