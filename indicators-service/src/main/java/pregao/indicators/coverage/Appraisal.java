package pregao.indicators.coverage;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

import org.jspecify.annotations.Nullable;

import pregao.contracts.feed.Calendar;
import pregao.contracts.feed.FeedClock;
import pregao.market.quality.ClockEvidence;
import pregao.market.quality.Coverage;
import pregao.market.quality.Measures;
import pregao.market.quality.RejectionAdvice;
import pregao.market.quality.Score;
import pregao.market.quality.Span;
import pregao.market.quality.WeekendHours;

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
record Appraisal(KnownSeries series, Instant now, Instant from, Instant to, Coverage found, TickSample ticks,
        Refusals refusals, SenderFaults faults, @Nullable ClockEvidence evidence) {

    private static final int MOST_GAPS = 100;

    InstrumentCoverage coverage() {
        long behind = behind();
        Score score = new Measures(this.series.timeframe(), this.found, behind, known(this.refusals.conflicts()),
                known(this.faults.snapshots()), known(this.refusals.held()), this.ticks.ticks(), this.ticks.crossed())
            .score();
        return new InstrumentCoverage(this.series.instrument().feed(), this.series.instrument().symbol(),
                this.series.first(), this.series.last(), this.from, this.to, this.found.expected(),
                this.found.present(), this.found.missing(), this.found.quiet(), this.found.outside(), gaps(),
                freshness(behind), this.refusals.conflicts(), this.faults.snapshots(), quarantine(),
                this.faults.heldTicks(), rejected(), tickAnswer(), points(score), clock());
    }

    private InstrumentCoverage.Gaps gaps() {
        List<InstrumentCoverage.Gap> largest = this.found.gaps()
            .stream()
            .sorted(Comparator.comparingLong(Span::millis).reversed())
            .limit(MOST_GAPS)
            .map((gap) -> new InstrumentCoverage.Gap(Instant.ofEpochMilli(gap.from()), Instant.ofEpochMilli(gap.to()),
                    this.series.grid().count(this.series.timeframe(), gap.from(), gap.to())))
            .toList();
        return new InstrumentCoverage.Gaps(this.found.gaps().size(), this.found.inGaps(), largest);
    }

    private Instant end() {
        return this.series.eventTime() ? this.series.end(this.now) : this.now;
    }

    private long behind() {
        return this.series.hours().openMillis(this.series.lastEnd().toEpochMilli(), end().toEpochMilli());
    }

    private InstrumentCoverage.Freshness freshness(long behind) {
        long age = Math.max(0, Duration.between(this.series.lastEnd(), end()).toSeconds());
        return new InstrumentCoverage.Freshness(age, behind / 1000, this.series.hours().isOpen(end().toEpochMilli()));
    }

    private @Nullable List<InstrumentCoverage.Rejected> rejected() {
        List<SenderFaults.Rejections> rejections = this.faults.rejections();
        return (rejections == null) ? null
                : rejections.stream()
                    .map((each) -> new InstrumentCoverage.Rejected(each.item(), each.field(), each.kind(), each.count(),
                            each.symbol(), each.example(), each.lastAt(),
                            RejectionAdvice.of(each.field(), each.kind(), each.example()).orElse(null)))
                    .toList();
    }

    private InstrumentCoverage.@Nullable Quarantine quarantine() {
        Long held = this.refusals.held();
        Long released = this.refusals.released();
        return (held != null && released != null) ? new InstrumentCoverage.Quarantine(held, released) : null;
    }

    private InstrumentCoverage.@Nullable Ticks tickAnswer() {
        Instant since = this.ticks.since();
        return (since != null)
                ? new InstrumentCoverage.Ticks(since, this.ticks.ticks(), this.ticks.crossed(), this.ticks.coarse())
                : null;
    }

    private static InstrumentCoverage.Points points(Score score) {
        return new InstrumentCoverage.Points(score.points(),
                score.parts()
                    .stream()
                    .map((part) -> new InstrumentCoverage.Part(part.aspect().text(), part.points(),
                            part.aspect().weight(), part.reason()))
                    .toList());
    }

    private InstrumentCoverage.Clock clock() {
        FeedClock configured = this.series.clock();
        ClockEvidence known = this.evidence;
        List<String> suggested = (known == null) ? List.of()
                : known.suggested(configured).stream().map(FeedClock::text).toList();
        boolean isAuto = this.series.calendar() == Calendar.AUTO;
        WeekendHours weekends = this.series.weekends();
        return new InstrumentCoverage.Clock(configured.text(), this.series.dayZone().text(),
                this.series.calendar().name().toLowerCase(Locale.ROOT), isAuto ? weekends.assumed() : null,
                isAuto ? weekends.reason() : null, this.series.candlesChanged(), suggested,
                (known != null) ? known.text() : null);
    }

    private static OptionalLong known(@Nullable Long count) {
        return (count != null) ? OptionalLong.of(count) : OptionalLong.empty();
    }

}
