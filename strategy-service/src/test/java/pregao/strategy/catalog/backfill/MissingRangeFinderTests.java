package pregao.strategy.catalog.backfill;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import pregao.contracts.Instrument;
import pregao.contracts.Timeframe;
import pregao.contracts.backfill.BackfillRequest;
import pregao.contracts.feed.TradingCalendar;
import pregao.market.pattern.CandleColors;

import static org.assertj.core.api.Assertions.assertThat;

class MissingRangeFinderTests {

    private static final Instrument EURUSD = new Instrument("polarium", "EURUSD-OTC");

    private static final long MINUTE = 60_000;

    /** A Thursday. */
    private static final long NOON = Instant.parse("2025-01-02T12:00:00Z").toEpochMilli();

    private static List<String> findRanges(TradingCalendar calendar, int minutes, long now,
            @Nullable CandleColors colors) {
        return new MissingRangeFinder(EURUSD, calendar, minutes * MINUTE, now).findRequests(colors)
            .stream()
            .map((request) -> toText(request.from()) + " " + toText(request.to()))
            .toList();
    }

    private static String toText(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }

    private static CandleColors createColors(long from, int count, int... missingIndices) {
        List<Integer> missing = Arrays.stream(missingIndices).boxed().toList();
        long[] openTimes = IntStream.range(0, count)
            .filter((i) -> !missing.contains(i))
            .mapToLong((i) -> from + i * MINUTE)
            .toArray();
        return CandleColors.of(Timeframe.M1, openTimes, new long[openTimes.length], new long[openTimes.length]);
    }

    @Test
    void findsWholeRangeWithoutCandles() {
        assertThat(findRanges(TradingCalendar.ALWAYS, 90, NOON, null))
            .containsExactly("2025-01-02T10:00:00Z 2025-01-02T11:58:00Z");
        assertThat(findRanges(TradingCalendar.ALWAYS, 90, NOON + MINUTE, null)).as("the beginning stays")
            .containsExactly("2025-01-02T10:00:00Z 2025-01-02T11:59:00Z");
    }

    @Test
    void findsNothingIfComplete() {
        assertThat(findRanges(TradingCalendar.ALWAYS, 90, NOON, createColors(NOON - 120 * MINUTE, 118))).isEmpty();
        assertThat(findRanges(TradingCalendar.ALWAYS, 90, NOON, createColors(NOON - 200 * MINUTE, 199))).isEmpty();
    }

    @Test
    void findsRangesBeforeBetweenAndAfterCandles() {
        CandleColors colors = createColors(NOON - 100 * MINUTE, 90, 40, 41, 60);
        assertThat(findRanges(TradingCalendar.ALWAYS, 90, NOON, colors)).containsExactly(
                "2025-01-02T10:00:00Z 2025-01-02T10:20:00Z", "2025-01-02T11:50:00Z 2025-01-02T11:58:00Z",
                "2025-01-02T11:00:00Z 2025-01-02T11:02:00Z", "2025-01-02T11:20:00Z 2025-01-02T11:21:00Z");
    }

    @Test
    void ignoresClosedMarket() {
        long monday = Instant.parse("2025-01-06T00:30:00Z").toEpochMilli();
        assertThat(findRanges(TradingCalendar.FX, 300, monday, null))
            .containsExactly("2025-01-03T19:00:00Z 2025-01-03T22:00:00Z", "2025-01-05T22:00:00Z 2025-01-06T00:28:00Z");
    }

    @Test
    void limitsToLongestRanges() {
        int[] missingIndices = IntStream.range(0, 40).map((i) -> 1 + 2 * i).toArray();
        List<BackfillRequest> requests = new MissingRangeFinder(EURUSD, TradingCalendar.ALWAYS, 60 * MINUTE, NOON)
            .findRequests(createColors(NOON - 120 * MINUTE, 118, missingIndices));
        assertThat(requests).hasSize(MissingRangeFinder.MAX_REQUESTS)
            .allMatch((request) -> request.timeframe() == Timeframe.M1);
    }

}
