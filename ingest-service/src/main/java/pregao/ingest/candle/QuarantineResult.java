package pregao.ingest.candle;

import java.util.Map;

import pregao.market.dataquality.Outlier;

/**
 * Candles of a request that went into quarantine.
 *
 * @param doubts the outliers by index of the candle in the request
 * @param added the number of candles that were not in quarantine yet
 * @param released the number of candles that left quarantine because a level lasts
 */
record QuarantineResult(Map<Integer, Outlier> doubts, long added, long released) {

    /** Result without any quarantined candle. */
    static final QuarantineResult NONE = new QuarantineResult(Map.of(), 0, 0);

    QuarantineResult {
        doubts = Map.copyOf(doubts);
    }

    QuarantineResult withReleased(long count) {
        return new QuarantineResult(this.doubts, this.added, count);
    }

}
