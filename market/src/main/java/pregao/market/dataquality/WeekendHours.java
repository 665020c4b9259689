package pregao.market.dataquality;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

import pregao.contracts.Timeframe;
import pregao.contracts.feed.BucketGrid;

/**
 * Which parts of the weekends are closed, learned from the candles of one instrument. It
 * is what {@link pregao.contracts.feed.TradingCalendar#AUTO} means.
 *
 * <p>
 * A weekend is Friday 16:00 to Monday 00:00 in New York, in half hours. Once the series
 * has begun and the weekend too, it is <em>known</em>, unless the five days before it
 * have no candle: then the feed is down, and says nothing about weekends.
 * <ol>
 * <li>A half hour with a candle is open.</li>
 * <li>A half hour without a candle is closed if it is one of three known weekends running
 * that all lack it.</li>
 * <li>A weekend that is not known is like the three known ones before it, or after it
 * where there are fewer.</li>
 * <li>While fewer than three weekends are known, Friday 17:00 to Sunday 17:00 is closed
 * if no known weekend has a candle from Friday 18:00 to Sunday 16:00. So the first
 * weekend of a currency is no gap, and an instrument that trades on one Saturday has no
 * closed hours.</li>
 * <li>All else is open, and lacking candles are gaps.</li>
 * </ol>
 */
public final class WeekendHours {

    /** Nothing is known: always open. */
    public static final WeekendHours UNKNOWN = new WeekendHours(List.of(), 0);

    /** How far before and after a time candles are needed to know its weekends. */
    public static final long EVIDENCE_MILLIS = 28 * Timeframe.D1.millis();

    static final long SLOT = Timeframe.M30.millis();

    private static final int NEEDED = 3;

    private static final int SLOTS = 112;

    private static final int FRIDAY_17 = 2;

    private static final int FRIDAY_18 = 4;

    private static final int SUNDAY_16 = 96;

    private static final int SUNDAY_17 = 98;

    private final List<Week> weeks;

    private final int known;

    private final boolean hasCore;

    private final List<TimeRange> closed;

    private WeekendHours(List<Week> weeks, int known) {
        this.weeks = weeks;
        this.known = known;
        this.hasCore = weeks.stream().anyMatch(Week::hasCore);
        List<TimeRange> spans = new ArrayList<>();
        for (int i = 0; i < weeks.size(); i++) {
            addClosed(i, spans);
        }
        this.closed = List.copyOf(spans);
    }

    /**
     * Learns from candles.
     * @param grid of the feed
     * @param timeframe of the candles
     * @param openTimes of the candles, ascending, epoch milliseconds
     * @param first when the series begins, epoch milliseconds
     * @param from the first moment to judge, epoch milliseconds
     * @param to the end of what is judged, at most now
     * @return what is known of the weekends from {@link #EVIDENCE_MILLIS} before to after
     * that time
     */
    public static WeekendHours of(BucketGrid grid, Timeframe timeframe, long[] openTimes, long first, long from,
            long to) {
        List<Week> weeks = new ArrayList<>();
        LocalDate friday = Weekend.newYorkDate(Math.max(from - EVIDENCE_MILLIS, first - 7 * Timeframe.D1.millis()))
            .with(TemporalAdjusters.previousOrSame(DayOfWeek.FRIDAY));
        int known = 0;
        for (long begin = start(friday, 0); begin < to; begin = start(friday, 0)) {
            long before = begin - 5 * Timeframe.D1.millis();
            boolean isKnown = first < begin && place(openTimes, before) < place(openTimes, begin);
            weeks.add(new Week(friday, isKnown, filled(grid, timeframe, openTimes, friday), to));
            known += isKnown ? 1 : 0;
            friday = friday.plusWeeks(1);
        }
        return new WeekendHours(weeks, known);
    }

    private static BitSet filled(BucketGrid grid, Timeframe timeframe, long[] openTimes, LocalDate friday) {
        BitSet filled = new BitSet(SLOTS);
        long end = start(friday, SLOTS);
        int slot = 0;
        int i = place(openTimes, grid.bucketStart(timeframe, start(friday, 0)));
        for (; i < openTimes.length && openTimes[i] < end; i++) {
            while (start(friday, slot + 1) <= openTimes[i]) {
                slot++;
            }
            long close = grid.bucketEnd(timeframe, openTimes[i]);
            for (int s = slot; s < SLOTS && start(friday, s) < close; s++) {
                filled.set(s);
            }
        }
        return filled;
    }

    private static int place(long[] openTimes, long moment) {
        int found = Arrays.binarySearch(openTimes, moment);
        return (found >= 0) ? found : -found - 1;
    }

    private static long start(LocalDate friday, int slot) {
        return friday.atTime(16, 0)
            .plusMinutes(slot * SLOT / Timeframe.M1.millis())
            .atZone(Weekend.NEW_YORK)
            .toInstant()
            .toEpochMilli();
    }

    private void addClosed(int at, List<TimeRange> spans) {
        LocalDate friday = this.weeks.get(at).friday;
        int slot = 0;
        while (slot < SLOTS) {
            int begin = slot;
            while (slot < SLOTS && isClosed(at, slot)) {
                slot++;
            }
            if (begin < slot) {
                spans.add(new TimeRange(start(friday, begin), start(friday, slot)));
            }
            slot++;
        }
    }

    private boolean isClosed(int at, int slot) {
        Week week = this.weeks.get(at);
        if (week.filled.get(slot)) {
            return false;
        }
        if (this.known < NEEDED) {
            return this.known > 0 && slot >= FRIDAY_17 && slot < SUNDAY_17 && !this.hasCore;
        }
        if (week.isKnown) {
            return 1 + lacking(slot, at, -1) + lacking(slot, at, 1) >= NEEDED;
        }
        return lacking(slot, at, -1) >= NEEDED || (knownBefore(at) < NEEDED && lacking(slot, at, 1) >= NEEDED);
    }

    /**
     * How many known weekends running lack a half hour, in one direction: no more are
     * counted than are needed.
     */
    private int lacking(int slot, int at, int step) {
        int count = 0;
        for (int i = at + step; i >= 0 && i < this.weeks.size() && count < NEEDED; i += step) {
            Week week = this.weeks.get(i);
            if (week.isKnown && week.filled.get(slot)) {
                break;
            }
            count += week.isKnown ? 1 : 0;
        }
        return count;
    }

    private long knownBefore(int at) {
        return this.weeks.subList(0, at).stream().filter(Week::isKnown).count();
    }

    /**
     * Returns the open pieces of a time.
     * @param from the first moment, epoch milliseconds
     * @param to the end
     * @return in order
     */
    List<TimeRange> open(long from, long to) {
        List<TimeRange> open = new ArrayList<>();
        long begin = from;
        for (TimeRange span : this.closed) {
            if (span.to() <= begin || span.from() >= to) {
                continue;
            }
            if (span.from() > begin) {
                open.add(new TimeRange(begin, span.from()));
            }
            begin = span.to();
        }
        if (begin < to) {
            open.add(new TimeRange(begin, to));
        }
        return open;
    }

    /**
     * Returns what is assumed.
     * @return {@code closed_weekends}, {@code always_open}
     */
    public String assumed() {
        return this.closed.isEmpty() ? "always_open" : "closed_weekends";
    }

    /**
     * Returns why it is assumed.
     * @return a sentence without its period
     */
    public String reason() {
        if (this.known >= NEEDED) {
            return this.closed.isEmpty() ? "no weekend hour is without candles three weeks running"
                    : "weekend hours without candles three weeks running are closed";
        }
        String seen = "%d of %d weekends known".formatted(this.known, NEEDED);
        if (this.known == 0) {
            return seen;
        }
        return this.closed.isEmpty() ? seen + ", with candles from Friday 18:00 to Sunday 16:00 in New York"
                : seen + ", without candles from Friday 18:00 to Sunday 16:00 in New York";
    }

    /**
     * One weekend.
     *
     * @param friday its first day in New York
     * @param isKnown whether it counts as evidence
     * @param filled half hours with candles
     * @param end of what is judged
     */
    private record Week(LocalDate friday, boolean isKnown, BitSet filled, long end) {

        private boolean hasCore() {
            int core = this.filled.nextSetBit(FRIDAY_18);
            return this.isKnown && core >= 0 && core < SUNDAY_16;
        }

    }

}
