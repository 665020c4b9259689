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
 * Puts together what was found of one series.
 *
 * @param series of what
 * @param now the moment of the question
 * @param from the first moment looked at
 * @param to the end
 * @param found which candles are there
 * @param ticks what its ticks tell
 * @param refusals what ingest did not take
 * @param faults what the settings of the sender do to its data
 * @param evidence which clocks the data speaks for; null where it does not
 */
record CoverageAssembler(SeriesInfo series, Instant now, Instant from, Instant to, Coverage found, TickStatistics ticks,
        RejectionCounts refusals, SenderDiagnostics faults, @Nullable TimeZoneEvidence evidence) {

    private static final int MOST_GAPS = 100;

    CoverageResponse coverage() {
        long behind = behind();
        QualityScore score = new QualityMetrics(this.series.timeframe(), this.found, behind,
                known(this.refusals.conflicts()), known(this.faults.snapshots()), known(this.refusals.held()),
                this.ticks.ticks(), this.ticks.crossed())
            .score();
        return new CoverageResponse(this.series.instrument().feed(), this.series.instrument().symbol(),
                this.series.first(), this.series.last(), this.from, this.to, this.found.expected(),
                this.found.present(), this.found.missing(), this.found.quiet(), this.found.outside(), gaps(),
                freshness(behind), this.refusals.conflicts(), this.faults.snapshots(), quarantine(),
                this.faults.heldTicks(), rejected(), tickAnswer(), points(score), clock());
    }

    private CoverageResponse.Gaps gaps() {
        List<CoverageResponse.Gap> largest = this.found.gaps()
            .stream()
            .sorted(Comparator.comparingLong(TimeRange::millis).reversed())
            .limit(MOST_GAPS)
            .map((gap) -> new CoverageResponse.Gap(Instant.ofEpochMilli(gap.from()), Instant.ofEpochMilli(gap.to()),
                    this.series.grid().count(this.series.timeframe(), gap.from(), gap.to())))
            .toList();
        return new CoverageResponse.Gaps(this.found.gaps().size(), this.found.inGaps(), largest);
    }

    private Instant end() {
        return this.series.eventTime() ? this.series.end(this.now) : this.now;
    }

    private long behind() {
        return this.series.hours().openMillis(this.series.lastEnd().toEpochMilli(), end().toEpochMilli());
    }

    private CoverageResponse.Freshness freshness(long behind) {
        long age = Math.max(0, Duration.between(this.series.lastEnd(), end()).toSeconds());
        return new CoverageResponse.Freshness(age, behind / 1000, this.series.hours().isOpen(end().toEpochMilli()));
    }

    private @Nullable List<CoverageResponse.Rejected> rejected() {
        List<SenderDiagnostics.Rejections> rejections = this.faults.rejections();
        return (rejections == null) ? null
                : rejections.stream()
                    .map((each) -> new CoverageResponse.Rejected(each.item(), each.field(), each.kind(), each.count(),
                            each.symbol(), each.example(), each.lastAt(),
                            RejectionAdvice.of(each.field(), each.kind(), each.example()).orElse(null)))
                    .toList();
    }

    private CoverageResponse.@Nullable Quarantine quarantine() {
        Long held = this.refusals.held();
        Long released = this.refusals.released();
        return (held != null && released != null) ? new CoverageResponse.Quarantine(held, released) : null;
    }

    private CoverageResponse.@Nullable Ticks tickAnswer() {
        Instant since = this.ticks.since();
        return (since != null)
                ? new CoverageResponse.Ticks(since, this.ticks.ticks(), this.ticks.crossed(), this.ticks.coarse())
                : null;
    }

    private static CoverageResponse.QualityScore points(QualityScore score) {
        return new CoverageResponse.QualityScore(score.points(),
                score.parts()
                    .stream()
                    .map((part) -> new CoverageResponse.QualityScorePart(part.aspect().text(), part.points(),
                            part.aspect().weight(), part.reason()))
                    .toList());
    }

    private CoverageResponse.Clock clock() {
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

    private static OptionalLong known(@Nullable Long count) {
        return (count != null) ? OptionalLong.of(count) : OptionalLong.empty();
    }

}
