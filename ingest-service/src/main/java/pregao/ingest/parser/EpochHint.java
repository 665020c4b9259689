package pregao.ingest.parser;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Epoch;

/**
 * What a number looks like that is no second and no millisecond of the years 2000 to
 * 2099.
 */
final class EpochHint {

    private static final int DATE = 8;

    private static final int TO_THE_MINUTE = 12;

    private static final int TO_THE_SECOND = 14;

    private EpochHint() {
    }

    /**
     * Describes a number.
     * @param number any number
     * @param digits how many digits it is written with, or 0 where it has a fraction
     * @param millis whether its field counts milliseconds
     * @return the rest of a sentence that begins with the number
     */
    static String of(long number, int digits, boolean millis) {
        String compact = compact(number, digits);
        if (compact != null) {
            return "looks like the date %s without separators".formatted(compact);
        }
        if (millis && Epoch.isSeconds(number)) {
            return "looks like seconds, in a field of milliseconds";
        }
        if (Epoch.isMillis(number / 1_000)) {
            return "looks like microseconds";
        }
        if (Epoch.isMillis(number / 1_000_000)) {
            return "looks like nanoseconds";
        }
        return millis ? "is no millisecond of the years 2000 to 2099"
                : "is no second and no millisecond of the years 2000 to 2099";
    }

    private static @Nullable String compact(long number, int digits) {
        if (digits != DATE && digits != TO_THE_MINUTE && digits != TO_THE_SECOND) {
            return null;
        }
        long date = number / (long) Math.pow(10, digits - DATE);
        long time = number % (long) Math.pow(10, digits - DATE) * ((digits == TO_THE_MINUTE) ? 100 : 1);
        try {
            LocalDate day = LocalDate.of((int) (date / 10_000), (int) (date / 100 % 100), (int) (date % 100));
            LocalTime clock = LocalTime.of((int) (time / 10_000), (int) (time / 100 % 100), (int) (time % 100));
            return (day.getYear() < 1900 || day.getYear() >= 2100) ? null : (digits == DATE) ? day.toString()
                    : day + " " + ((digits == TO_THE_MINUTE) ? clock : DateTimeFormatter.ISO_LOCAL_TIME.format(clock));
        }
        catch (DateTimeException ex) {
            return null;
        }
    }

}
