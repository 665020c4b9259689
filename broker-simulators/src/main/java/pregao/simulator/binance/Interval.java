package pregao.simulator.binance;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * How long a candle is. Weeks begin on Mondays and months on their first day, UTC.
 *
 * @param name such as {@code 1m}
 * @param seconds how long; of a month, the longest
 */
record Interval(String name, long seconds) {

    private static final long MONDAY = 4 * 86_400L;

    private static final String WEEK = "1w";

    private static final String MONTH = "1M";

    private static final List<Interval> ALL = List.of(new Interval("1s", 1), new Interval("1m", 60),
            new Interval("3m", 180), new Interval("5m", 300), new Interval("15m", 900), new Interval("30m", 1800),
            new Interval("1h", 3600), new Interval("2h", 7200), new Interval("4h", 14_400), new Interval("6h", 21_600),
            new Interval("8h", 28_800), new Interval("12h", 43_200), new Interval("1d", 86_400),
            new Interval("3d", 259_200), new Interval(WEEK, 604_800), new Interval(MONTH, 2_678_400));

    /**
     * The interval of a name.
     * @param name case matters
     * @return null where there is none
     */
    static @Nullable Interval named(String name) {
        return ALL.stream().filter((interval) -> interval.name.equals(name)).findFirst().orElse(null);
    }

    /**
     * When the candle of a moment opens.
     * @param second the moment, epoch seconds
     * @return epoch seconds
     */
    long start(long second) {
        return switch (this.name) {
            case WEEK -> Math.floorDiv(second - MONDAY, this.seconds) * this.seconds + MONDAY;
            case MONTH -> epoch(day(second).withDayOfMonth(1));
            default -> Math.floorDiv(second, this.seconds) * this.seconds;
        };
    }

    /**
     * When the next candle opens.
     * @param open when one does, epoch seconds
     * @return epoch seconds
     */
    long next(long open) {
        return this.name.equals(MONTH) ? epoch(day(open).plusMonths(1)) : open + this.seconds;
    }

    /**
     * When an earlier candle opens.
     * @param open when one does, epoch seconds
     * @param count how many before it
     * @return epoch seconds
     */
    long before(long open, long count) {
        return this.name.equals(MONTH) ? epoch(day(open).minusMonths(count)) : open - count * this.seconds;
    }

    private static LocalDate day(long second) {
        return Instant.ofEpochSecond(second).atZone(ZoneOffset.UTC).toLocalDate();
    }

    private static long epoch(LocalDate day) {
        return day.atStartOfDay().toEpochSecond(ZoneOffset.UTC);
    }

}
