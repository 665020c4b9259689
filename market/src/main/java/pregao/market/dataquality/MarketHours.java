package pregao.market.dataquality;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;

import pregao.contracts.feed.TradingCalendar;

/**
 * When a market is open. Times are epoch milliseconds.
 *
 * @param calendar its rule
 * @param weekends what is known of them, which counts only in
 * {@link TradingCalendar#AUTO}
 */
public record MarketHours(TradingCalendar calendar, WeekendHours weekends) {

    private static final int SUNDAY_TO_FRIDAY = 5;

    /**
     * Hours by a rule alone, without evidence.
     * @param calendar the rule
     */
    public MarketHours(TradingCalendar calendar) {
        this(calendar, WeekendHours.UNKNOWN);
    }

    /**
     * Whether the market is open.
     * @param moment any moment
     * @return true from the opening on and before the close
     */
    public boolean isOpen(long moment) {
        return !open(moment, moment + 1).isEmpty();
    }

    /**
     * The open pieces of a time.
     * @param from the first moment
     * @param to the end
     * @return in order, cut at both ends; empty where the time has no length
     */
    public List<TimeRange> open(long from, long to) {
        if (from >= to) {
            return List.of();
        }
        return switch (this.calendar) {
            case AUTO -> this.weekends.open(from, to);
            case ALWAYS -> List.of(new TimeRange(from, to));
            case FX -> weeks(from, to);
        };
    }

    /**
     * How much may be missing at an edge of the open time. {@link TradingCalendar#AUTO}
     * knows the edge only to the half hour.
     */
    long edgeMillis() {
        return (this.calendar == TradingCalendar.AUTO) ? WeekendHours.SLOT : 0;
    }

    private static List<TimeRange> weeks(long from, long to) {
        List<TimeRange> open = new ArrayList<>();
        LocalDate sunday = Weekend.newYorkDate(from).with(TemporalAdjusters.previousOrSame(DayOfWeek.SUNDAY));
        for (long start = Weekend.at(sunday); start < to; start = Weekend.at(sunday)) {
            long begin = Math.max(from, start);
            long end = Math.min(to, Weekend.at(sunday.plusDays(SUNDAY_TO_FRIDAY)));
            if (begin < end) {
                open.add(new TimeRange(begin, end));
            }
            sunday = sunday.plusWeeks(1);
        }
        return open;
    }

    /**
     * How long the market was open, which is how a feed's delay is counted: over a
     * weekend nothing gets older.
     * @param from the first moment
     * @param to the end
     * @return milliseconds
     */
    public long openMillis(long from, long to) {
        return open(from, to).stream().mapToLong(TimeRange::millis).sum();
    }

}
