package pregao.devcluster.replay;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;

/**
 * What a replay did.
 *
 * @param route what was sent
 * @param symbols whose rows were sent
 * @param rows of the file that were to be sent
 * @param sent rows that were acknowledged, repeats counted
 * @param firstTime of the rows, epoch milliseconds
 * @param lastTime of the rows, epoch milliseconds
 * @param answer the sum of the answers
 * @param requests how many there were
 * @param retries how many of them were sent again
 * @param took from the first to the last
 */
public record ReplaySummary(IngestEndpoint route, SortedSet<String> symbols, long rows, long sent, long firstTime,
        long lastTime, IngestResponse answer, long requests, long retries, Duration took) {

    /**
     * What a person reads.
     * @return a few lines
     */
    public List<String> lines() {
        double seconds = Math.max(this.took.toMillis(), 1) / 1000.0;
        return List.of(String.format(Locale.ROOT,
                "%,d rows of %s, %,d sent in %,d requests (%,d of them again) in %.1f s: %,.0f rows/s", this.rows,
                String.join(", ", this.symbols), this.sent, this.requests, this.retries, seconds, this.sent / seconds),
                (this.route == IngestEndpoint.CANDLES)
                        ? String.format(Locale.ROOT, "inserted %,d  updated %,d  duplicates %,d  rejected %,d",
                                this.answer.inserted(), this.answer.updated(), this.answer.duplicates(),
                                this.answer.rejected())
                        : String.format(Locale.ROOT, "received %,d  rejected %,d", this.answer.received(),
                                this.answer.rejected()));
    }

}
