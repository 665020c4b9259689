package pregao.market.dataquality;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;

/**
 * The time between two weeks of foreign exchange, which end and begin at 17:00 in New
 * York. Times are epoch milliseconds, UTC.
 *
 * @param close Friday's end
 * @param open Sunday's beginning
 */
public record Weekend(long close, long open) {

    static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

    private static final LocalTime CHANGE = LocalTime.of(17, 0);

    private static final int FRIDAY_TO_SUNDAY = 2;

    /**
     * The weekends of a time.
     * @param from the first moment
     * @param to the end
     * @return those whose middle is in it, in order
     */
    public static List<Weekend> between(long from, long to) {
        List<Weekend> weekends = new ArrayList<>();
        LocalDate friday = newYorkDate(from).with(TemporalAdjusters.previousOrSame(DayOfWeek.FRIDAY));
        for (Weekend next = of(friday); next.middle() < to; next = of(friday)) {
            if (next.middle() >= from) {
                weekends.add(next);
            }
            friday = friday.plusWeeks(1);
        }
        return weekends;
    }

    private static Weekend of(LocalDate friday) {
        return new Weekend(at(friday), at(friday.plusDays(FRIDAY_TO_SUNDAY)));
    }

    /** When the market opens or closes on a day. */
    static long at(LocalDate day) {
        return day.atTime(CHANGE).atZone(NEW_YORK).toInstant().toEpochMilli();
    }

    static LocalDate newYorkDate(long moment) {
        return LocalDate.ofInstant(Instant.ofEpochMilli(moment), NEW_YORK);
    }

    /**
     * A moment that is in the weekend on every clock of the world.
     * @return half-way
     */
    public long middle() {
        return this.close + (this.open - this.close) / 2;
    }

}
