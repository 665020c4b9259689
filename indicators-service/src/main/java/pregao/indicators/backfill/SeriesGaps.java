package pregao.indicators.backfill;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;

import pregao.contracts.backfill.BackfillRequest;
import pregao.indicators.coverage.SeriesInfo;
import pregao.market.dataquality.Coverage;
import pregao.market.dataquality.TimeRange;

/**
 * The gaps of one live series.
 *
 * @param series the series
 * @param now the time of the scan
 * @param coverage which candles exist and which are missing
 */
record SeriesGaps(SeriesInfo series, Instant now, Coverage coverage) {

    /** A quiet instrument may have hundreds of gaps. */
    private static final int MAX_REQUESTS = 50;

    /**
     * Creates requests for gaps that are followed by a candle; the last gap may just be a
     * feed that is late. Creates none while the market is closed, because no sender would
     * respond.
     * @return at most 50 requests, the largest gap first
     */
    List<BackfillRequest> toRequests() {
        long nowMillis = this.now.toEpochMilli();
        if (!this.series.marketHours().isOpen(nowMillis)) {
            return List.of();
        }
        long lastOpenTime = this.series.last().toEpochMilli();
        return this.coverage.gaps()
            .stream()
            .filter((gap) -> gap.to() <= lastOpenTime)
            .sorted(Comparator.comparingLong(TimeRange::millis).reversed())
            .limit(MAX_REQUESTS)
            .map((gap) -> new BackfillRequest(this.series.instrument(), this.series.timeframe(), gap.from(), gap.to(),
                    nowMillis))
            .toList();
    }

    /**
     * Returns how late the series is.
     * @return seconds of open market since the end of its last candle
     */
    long behindSeconds() {
        return this.series.marketHours().openMillis(this.series.lastEnd().toEpochMilli(), this.now.toEpochMilli())
                / 1000;
    }

}
