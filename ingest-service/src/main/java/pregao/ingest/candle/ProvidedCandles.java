package pregao.ingest.candle;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

import pregao.contracts.candle.Candle;
import pregao.ingest.parser.ParsedCandle;

/**
 * The sound candles of a request, of one feed, any number of a bucket.
 *
 * @param candles in the order they were sent; final where they are marked as final and
 * have ended
 * @param snapshots the places of those that show their bucket before its end
 * @param endedBy buckets whose end is not after this have ended, epoch milliseconds
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
     * The same without those that are held in quarantine.
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
