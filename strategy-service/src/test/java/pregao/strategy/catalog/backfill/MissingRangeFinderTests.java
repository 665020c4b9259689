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

    private static List<String> wishes(TradingCalendar calendar, int minutes, long now,
            @Nullable CandleColors colours) {
        return new MissingRangeFinder(EURUSD, calendar, minutes * MINUTE, now).wishes(colours)
            .stream()
            .map((wish) -> text(wish.from()) + " " + text(wish.to()))
            .toList();
    }

    private static String text(long moment) {
        return Instant.ofEpochMilli(moment).toString();
    }

    private static CandleColors minutes(long from, int count, int... holes) {
        List<Integer> none = Arrays.stream(holes).boxed().toList();
        long[] times = IntStream.range(0, count)
            .filter((i) -> !none.contains(i))
            .mapToLong((i) -> from + i * MINUTE)
            .toArray();
        return CandleColors.of(Timeframe.M1, times, new long[times.length], new long[times.length]);
    }

    @Test
    void isAllOfItWhereNothingIsThere() {
        assertThat(wishes(TradingCalendar.ALWAYS, 90, NOON, null))
            .containsExactly("2025-01-02T10:00:00Z 2025-01-02T11:58:00Z");
        assertThat(wishes(TradingCalendar.ALWAYS, 90, NOON + MINUTE, null)).as("the beginning stays")
            .containsExactly("2025-01-02T10:00:00Z 2025-01-02T11:59:00Z");
    }

    @Test
    void isNothingWhereAllIsThere() {
        assertThat(wishes(TradingCalendar.ALWAYS, 90, NOON, minutes(NOON - 120 * MINUTE, 118))).isEmpty();
        assertThat(wishes(TradingCalendar.ALWAYS, 90, NOON, minutes(NOON - 200 * MINUTE, 199))).isEmpty();
    }

    @Test
    void isWhatLiesBeforeAndBetweenAndAfter() {
        CandleColors colours = minutes(NOON - 100 * MINUTE, 90, 40, 41, 60);
        assertThat(wishes(TradingCalendar.ALWAYS, 90, NOON, colours)).containsExactly(
                "2025-01-02T10:00:00Z 2025-01-02T10:20:00Z", "2025-01-02T11:50:00Z 2025-01-02T11:58:00Z",
                "2025-01-02T11:00:00Z 2025-01-02T11:02:00Z", "2025-01-02T11:20:00Z 2025-01-02T11:21:00Z");
    }

    @Test
    void isNothingWhileTheMarketIsClosed() {
        long monday = Instant.parse("2025-01-06T00:30:00Z").toEpochMilli();
        assertThat(wishes(TradingCalendar.FX, 300, monday, null))
            .containsExactly("2025-01-03T19:00:00Z 2025-01-03T22:00:00Z", "2025-01-05T22:00:00Z 2025-01-06T00:28:00Z");
    }

    @Test
    void isTheLargestHolesOnly() {
        int[] holes = IntStream.range(0, 40).map((i) -> 1 + 2 * i).toArray();
        List<BackfillRequest> wishes = new MissingRangeFinder(EURUSD, TradingCalendar.ALWAYS, 60 * MINUTE, NOON)
            .wishes(minutes(NOON - 120 * MINUTE, 118, holes));
        assertThat(wishes).hasSize(MissingRangeFinder.MAX_COUNT).allMatch((wish) -> wish.timeframe() == Timeframe.M1);
    }

}
