package pregao.ingest.candle;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

import pregao.contracts.candle.Candle;
import pregao.ingest.parser.ParsedCandle;

/**
 * Valid candles of a request, all of one feed. A bucket may occur several times.
 *
 * @param candles the candles, in the order in which they were sent; final if they are
 * marked as final and have ended
 * @param snapshots the indexes of candles that show their bucket before its end
 * @param endedBy the time up to which buckets have ended, inclusive, epoch milliseconds
 */
record ProvidedCandles(List<Candle> candles, BitSet snapshots, long endedBy) {

    ProvidedCandles {
        candles = List.copyOf(candles);
        snapshots = (BitSet) snapshots.clone();
    }

    static ProvidedCandles of(List<ParsedCandle> parsedCandles, long endedBy) {
        List<Candle> candles = new ArrayList<>(parsedCandles.size());
        BitSet snapshots = new BitSet();
        for (ParsedCandle item : parsedCandles) {
            if (item instanceof ParsedCandle.Valid valid) {
                snapshots.set(candles.size(), valid.snapshot());
                candles.add(valid.candle());
            }
        }
        return new ProvidedCandles(candles, snapshots, endedBy);
    }

    /**
     * Returns these candles without those that are in quarantine.
     */
    ProvidedCandles without(QuarantineResult quarantineResult) {
        if (quarantineResult.doubts().isEmpty()) {
            return this;
        }
        List<Candle> kept = new ArrayList<>(this.candles.size());
        BitSet keptSnapshots = new BitSet();
        for (int i = 0; i < this.candles.size(); i++) {
            if (!quarantineResult.doubts().containsKey(i)) {
                keptSnapshots.set(kept.size(), this.snapshots.get(i));
                kept.add(this.candles.get(i));
            }
        }
        return new ProvidedCandles(kept, keptSnapshots, this.endedBy);
    }

}
