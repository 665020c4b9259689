package pregao.ingest.candle;

import java.util.Map;

import pregao.market.dataquality.Outlier;

/**
 * What of a request went into quarantine.
 *
 * @param doubts by the candle's place in the request
 * @param added how many were not there yet
 * @param released how many left it, because a level lasts
 */
record QuarantineResult(Map<Integer, Outlier> doubts, long added, long released) {

    /** Nothing. */
    static final QuarantineResult NONE = new QuarantineResult(Map.of(), 0, 0);

    QuarantineResult {
        doubts = Map.copyOf(doubts);
    }

    QuarantineResult withReleased(long count) {
        return new QuarantineResult(this.doubts, this.added, count);
    }

}
