package pregao.market.dataquality;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import pregao.contracts.feed.FeedClock;

import static org.assertj.core.api.Assertions.assertThat;

class WeekendTimeZoneEstimatorPropertyTests {

    @Property(tries = 300)
    void readsBackEveryShiftThroughQuietEdges(@ForAll @IntRange(min = -56, max = 56) int quarters,
            @ForAll boolean newYork, @ForAll @IntRange(max = 10) int quiet,
            @ForAll @IntRange(min = 2, max = 40) int weeks, @ForAll @IntRange(max = 2_000) int start) {
        FeedClock clock = new FeedClock(newYork ? Weekend.NEW_YORK : ZoneId.of("UTC"),
                Duration.ofMinutes(15L * quarters));
        long from = Instant.parse("2010-01-01T00:00:00Z").toEpochMilli() + start * 86_400_000L;
        List<WeekendBoundary> edges = Weekend.between(from, from + weeks * 604_800_000L)
            .stream()
            .map((weekend) -> new WeekendBoundary(weekend,
                    WallClockTime.of(clock, weekend.close() - (1 + quiet) * 60_000L),
                    WallClockTime.of(clock, weekend.open() + quiet * 60_000L)))
            .toList();
        TimeZoneEvidence evidence = WeekendTimeZoneEstimator.infer(FeedClock.UTC, edges).orElseThrow();
        assertThat(evidence.fitting()).contains(clock);
        assertThat(evidence.agreeing()).isEqualTo(weeks);
    }

}
