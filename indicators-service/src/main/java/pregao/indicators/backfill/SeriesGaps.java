package pregao.indicators.backfill;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;

import pregao.contracts.backfill.BackfillRequest;
import pregao.indicators.coverage.SeriesInfo;
import pregao.market.dataquality.Coverage;
import pregao.market.dataquality.TimeRange;

/**
 * What was found of one live series.
 *
 * @param series of what
 * @param now the moment of the look
 * @param coverage what is there and what is not
 */
record SeriesGaps(SeriesInfo series, Instant now, Coverage coverage) {

    /** The largest count; a quiet instrument may have hundreds. */
    private static final int MAX_REQUESTS = 50;

    /**
     * What to ask for: gaps with a candle behind them, because one without is a feed that
     * is late; nothing while the market is closed, when nobody answers.
     * @return at most 50, largest first
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
     * How late the series is.
     * @return seconds of open market since the end of its last candle
     */
    long behindSeconds() {
        return this.series.marketHours().openMillis(this.series.lastEnd().toEpochMilli(), this.now.toEpochMilli())
                / 1000;
    }

}
