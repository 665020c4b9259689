package pregao.indicators.backfill;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import pregao.contracts.Instrument;
import pregao.contracts.Timeframe;
import pregao.contracts.backfill.BackfillRequest;
import pregao.contracts.feed.FeedClock;
import pregao.contracts.feed.TradingCalendar;
import pregao.indicators.coverage.SeriesInfo;
import pregao.market.dataquality.WeekendHours;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SeriesGaps}.
 */
class SeriesGapsTests {

    private static final Instrument EURUSD = new Instrument("mt5", "EURUSD");

    private static final Instant THURSDAY = Instant.parse("2025-02-20T09:00:00Z");

    private static final Instant NOW = THURSDAY.plus(Duration.ofHours(2));

    @Test
    void wishesForWhatLiesBetweenCandles() {
        SeriesGaps finding = createGaps(TradingCalendar.FX, NOW, minutes(0, 30), minutes(60, 120));
        assertThat(finding.toRequests())
            .containsExactly(new BackfillRequest(EURUSD, Timeframe.M1, THURSDAY.plusSeconds(1800).toEpochMilli(),
                    THURSDAY.plusSeconds(3600).toEpochMilli(), NOW.toEpochMilli()));
    }

    @Test
    void leavesAloneWhatIsBeforeTheFirstCandleOrStillToCome() {
        SeriesGaps finding = createGaps(TradingCalendar.FX, NOW, minutes(30, 60));
        assertThat(finding.coverage().gaps()).hasSize(1);
        assertThat(finding.toRequests()).isEmpty();
        assertThat(finding.behindSeconds()).isEqualTo(3600);
    }

    @Test
    void asksNobodyWhileTheMarketIsClosed() {
        Instant saturday = Instant.parse("2025-02-22T12:00:00Z");
        assertThat(createGaps(TradingCalendar.FX, saturday, minutes(0, 30), minutes(60, 120)).toRequests()).isEmpty();
        assertThat(createGaps(TradingCalendar.ALWAYS, saturday, minutes(0, 30), minutes(60, 120)).toRequests())
            .hasSize(1);
    }

    @Test
    void asksForTheFiftyLargest() {
        LongStream[] pieces = new LongStream[71];
        for (int i = 0; i < pieces.length; i++) {
            // The gap before piece n lasts n + 4 minutes.
            int start = i * 5 + i * (i + 1) / 2;
            pieces[i] = minutes(start, start + 1);
        }
        SeriesGaps finding = createGaps(TradingCalendar.ALWAYS, NOW.plus(Duration.ofDays(3)), pieces);
        assertThat(finding.coverage().gaps()).hasSizeGreaterThan(60);
        assertThat(finding.toRequests()).hasSize(50)
            .isSortedAccordingTo((left, right) -> Long.compare(right.to() - right.from(), left.to() - left.from()));
    }

    private static SeriesGaps createGaps(TradingCalendar calendar, Instant now, LongStream... pieces) {
        long[] times = Stream.of(pieces).flatMapToLong((piece) -> piece).toArray();
        SeriesInfo series = new SeriesInfo(EURUSD, Timeframe.M1, Instant.ofEpochMilli(times[0]),
                Instant.ofEpochMilli(times[times.length - 1]), now, FeedClock.UTC, FeedClock.UTC, Duration.ofSeconds(1),
                calendar, false, null, WeekendHours.UNKNOWN);
        return new SeriesGaps(series, now,
                series.findGaps(now.minus(Duration.ofDays(7)), now, Duration.ofMinutes(5), times));
    }

    private static LongStream minutes(int from, int to) {
        return LongStream.range(from, to).map((minute) -> THURSDAY.plusSeconds(minute * 60).toEpochMilli());
    }

}
