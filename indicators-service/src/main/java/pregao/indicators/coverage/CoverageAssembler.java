package pregao.indicators.coverage;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

import org.jspecify.annotations.Nullable;

import pregao.contracts.feed.FeedClock;
import pregao.contracts.feed.TradingCalendar;
import pregao.market.dataquality.Coverage;
import pregao.market.dataquality.QualityMetrics;
import pregao.market.dataquality.QualityScore;
import pregao.market.dataquality.RejectionAdvice;
import pregao.market.dataquality.TimeRange;
import pregao.market.dataquality.TimeZoneEvidence;
import pregao.market.dataquality.WeekendHours;

/**
 * Assembles the response for one series.
 *
 * @param series the series
 * @param now the time of the request
 * @param from the start of the period, inclusive
 * @param to the end of the period, exclusive
 * @param found which candles exist and which are missing
 * @param ticks the statistics of the ticks
 * @param refusals the counts of rejected and quarantined candles
 * @param faults the diagnostics of the sender
 * @param evidence the time zones that the data suggests; null if it suggests none
 */
record CoverageAssembler(SeriesInfo series, Instant now, Instant from, Instant to, Coverage found, TickStatistics ticks,
        RejectionCounts refusals, SenderDiagnostics faults, @Nullable TimeZoneEvidence evidence) {

    private static final int MAX_GAPS = 100;

    CoverageResponse assemble() {
        long behindMillis = computeBehindMillis();
        QualityScore score = new QualityMetrics(this.series.timeframe(), this.found, behindMillis,
                toOptional(this.refusals.conflicts()), toOptional(this.faults.snapshots()),
                toOptional(this.refusals.held()), this.ticks.ticks(), this.ticks.crossed())
            .score();
        return new CoverageResponse(this.series.instrument().feed(), this.series.instrument().symbol(),
                this.series.first(), this.series.last(), this.from, this.to, this.found.expected(),
                this.found.present(), this.found.missing(), this.found.quiet(), this.found.outside(), toGaps(),
                toFreshness(behindMillis), this.refusals.conflicts(), this.faults.snapshots(), toQuarantine(),
                this.faults.heldTicks(), toRejected(), toTicks(), toQualityScore(score), toClock());
    }

    private CoverageResponse.Gaps toGaps() {
        List<CoverageResponse.Gap> largest = this.found.gaps()
            .stream()
            .sorted(Comparator.comparingLong(TimeRange::millis).reversed())
            .limit(MAX_GAPS)
            .map((gap) -> new CoverageResponse.Gap(Instant.ofEpochMilli(gap.from()), Instant.ofEpochMilli(gap.to()),
                    this.series.grid().count(this.series.timeframe(), gap.from(), gap.to())))
            .toList();
        return new CoverageResponse.Gaps(this.found.gaps().size(), this.found.inGaps(), largest);
    }

    private Instant computeEnd() {
        return this.series.eventTime() ? this.series.computeEnd(this.now) : this.now;
    }

    private long computeBehindMillis() {
        return this.series.marketHours().openMillis(this.series.lastEnd().toEpochMilli(), computeEnd().toEpochMilli());
    }

    private CoverageResponse.Freshness toFreshness(long behindMillis) {
        long ageSeconds = Math.max(0, Duration.between(this.series.lastEnd(), computeEnd()).toSeconds());
        return new CoverageResponse.Freshness(ageSeconds, behindMillis / 1000,
                this.series.marketHours().isOpen(computeEnd().toEpochMilli()));
    }

    private @Nullable List<CoverageResponse.Rejected> toRejected() {
        List<SenderDiagnostics.Rejections> rejections = this.faults.rejections();
        return (rejections == null) ? null : rejections.stream()
            .map((rejection) -> new CoverageResponse.Rejected(rejection.item(), rejection.field(), rejection.kind(),
                    rejection.count(), rejection.symbol(), rejection.example(), rejection.lastAt(),
                    RejectionAdvice.of(rejection.field(), rejection.kind(), rejection.example()).orElse(null)))
            .toList();
    }

    private CoverageResponse.@Nullable Quarantine toQuarantine() {
        Long held = this.refusals.held();
        Long released = this.refusals.released();
        return (held != null && released != null) ? new CoverageResponse.Quarantine(held, released) : null;
    }

    private CoverageResponse.@Nullable Ticks toTicks() {
        Instant since = this.ticks.since();
        return (since != null)
                ? new CoverageResponse.Ticks(since, this.ticks.ticks(), this.ticks.crossed(), this.ticks.coarse())
                : null;
    }

    private static CoverageResponse.QualityScore toQualityScore(QualityScore score) {
        return new CoverageResponse.QualityScore(score.points(),
                score.parts()
                    .stream()
                    .map((part) -> new CoverageResponse.QualityScorePart(part.aspect().text(), part.points(),
                            part.aspect().weight(), part.reason()))
                    .toList());
    }

    private CoverageResponse.Clock toClock() {
        FeedClock configured = this.series.clock();
        TimeZoneEvidence timeZoneEvidence = this.evidence;
        List<String> suggested = (timeZoneEvidence == null) ? List.of()
                : timeZoneEvidence.suggested(configured).stream().map(FeedClock::text).toList();
        boolean isAuto = this.series.calendar() == TradingCalendar.AUTO;
        WeekendHours weekends = this.series.weekends();
        return new CoverageResponse.Clock(configured.text(), this.series.dayZone().text(),
                this.series.calendar().name().toLowerCase(Locale.ROOT), isAuto ? weekends.assumed() : null,
                isAuto ? weekends.reason() : null, this.series.candlesChanged(), suggested,
                (timeZoneEvidence != null) ? timeZoneEvidence.text() : null);
    }

    private static OptionalLong toOptional(@Nullable Long count) {
        return (count != null) ? OptionalLong.of(count) : OptionalLong.empty();
    }

}
