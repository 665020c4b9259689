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

    static ProvidedCandles of(List<ParsedCandle> sent, long endedBy) {
        List<Candle> candles = new ArrayList<>(sent.size());
        BitSet snapshots = new BitSet();
        for (ParsedCandle parsedCandle : sent) {
            if (parsedCandle instanceof ParsedCandle.Valid sound) {
                snapshots.set(candles.size(), sound.snapshot());
                candles.add(sound.candle());
            }
        }
        return new ProvidedCandles(candles, snapshots, endedBy);
    }

    /**
     * The same without those that are held in quarantine.
     */
    ProvidedCandles without(QuarantineResult held) {
        if (held.doubts().isEmpty()) {
            return this;
        }
        List<Candle> believed = new ArrayList<>(this.candles.size());
        BitSet believedSnapshots = new BitSet();
        for (int i = 0; i < this.candles.size(); i++) {
            if (!held.doubts().containsKey(i)) {
                believedSnapshots.set(believed.size(), this.snapshots.get(i));
                believed.add(this.candles.get(i));
            }
        }
        return new ProvidedCandles(believed, believedSnapshots, this.endedBy);
    }

}
