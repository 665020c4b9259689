package pregao.ingest.parser;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Epoch;

/**
 * Hint at the probable meaning of a number that is neither epoch seconds nor epoch
 * milliseconds of the years 2000 to 2099.
 */
final class EpochHint {

    private static final int DATE_DIGITS = 8;

    private static final int MINUTE_DIGITS = 12;

    private static final int SECOND_DIGITS = 14;

    private EpochHint() {
    }

    /**
     * Describes a number.
     * @param number the number
     * @param digits the number of its digits, or 0 if it has a fraction
     * @param millis whether the field contains milliseconds
     * @return the rest of a sentence that starts with the number
     */
    static String describe(long number, int digits, boolean millis) {
        String compactDate = formatCompactDate(number, digits);
        if (compactDate != null) {
            return "looks like the date %s without separators".formatted(compactDate);
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

    private static @Nullable String formatCompactDate(long number, int digits) {
        if (digits != DATE_DIGITS && digits != MINUTE_DIGITS && digits != SECOND_DIGITS) {
            return null;
        }
        long dateNumber = number / (long) Math.pow(10, digits - DATE_DIGITS);
        long timeNumber = number % (long) Math.pow(10, digits - DATE_DIGITS) * ((digits == MINUTE_DIGITS) ? 100 : 1);
        try {
            LocalDate date = LocalDate.of((int) (dateNumber / 10_000), (int) (dateNumber / 100 % 100),
                    (int) (dateNumber % 100));
            LocalTime time = LocalTime.of((int) (timeNumber / 10_000), (int) (timeNumber / 100 % 100),
                    (int) (timeNumber % 100));
            return (date.getYear() < 1900 || date.getYear() >= 2100) ? null : (digits == DATE_DIGITS) ? date.toString()
                    : date + " " + ((digits == MINUTE_DIGITS) ? time : DateTimeFormatter.ISO_LOCAL_TIME.format(time));
        }
        catch (DateTimeException ex) {
            return null;
        }
    }

}
