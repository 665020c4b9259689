package pregao.ingest.parser;

import java.math.BigDecimal;
import java.math.RoundingMode;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Epoch;

/**
 * Parser for the time formats of MetaTrader and scripts: {@code 2025-10-20T03:00:00Z}
 * with or without fraction and offset, with a space instead of T,
 * {@code 2025.10.20 03:00:00}, and epoch seconds or milliseconds. After parsing, the
 * instance contains the result.
 */
final class TimestampParser {

    /** Expected value, for error messages. */
    static final String EXPECTED = "a time such as 2025-10-20T03:00:00Z, 2025.10.20 03:00:00, or epoch (milli)seconds";

    private static final int[] DAYS_IN_MONTH = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

    private static final int OFFSET_STEP_SECONDS = 900;

    private static final int MAX_OFFSET_SECONDS = 14 * 3600;

    private static final int MIN_OFFSET_SECONDS = -12 * 3600;

    private static final int MAX_LENGTH = 40;

    private static final int MAX_EPOCH_DIGITS = 18;

    private char[] chars = new char[0];

    private int position;

    private int end;

    private long wallMillis;

    private int offsetSeconds;

    private boolean offsetPresent;

    private @Nullable String hint;

    /**
     * Returns the local time as written, as if it were UTC.
     * @return epoch milliseconds
     */
    long wallMillis() {
        return this.wallMillis;
    }

    /**
     * Returns the offset as written.
     * @return seconds east of UTC; 0 also for {@code Z} and without an offset
     */
    int offsetSeconds() {
        return this.offsetSeconds;
    }

    /**
     * Returns whether the time has a numeric offset, which can be zero.
     * @return false for {@code Z} and without an offset
     */
    boolean hasOffset() {
        return this.offsetPresent;
    }

    /**
     * Returns a hint at what an invalid number probably is.
     * @return the rest of a sentence, or null
     */
    @Nullable String hint() {
        return this.hint;
    }

    /**
     * Parses a time.
     * @param text a string or a number
     * @param millis whether a number is in milliseconds for certain
     * @return false if it is not a valid time
     */
    boolean parse(JsonValueSlice text, boolean millis) {
        this.chars = text.chars();
        this.position = text.from();
        this.end = text.from() + text.length();
        this.offsetSeconds = 0;
        this.offsetPresent = false;
        this.hint = null;
        if (text.length() > MAX_LENGTH) {
            return false;
        }
        while (this.position < this.end && this.chars[this.position] == ' ') {
            this.position++;
        }
        while (this.position < this.end && this.chars[this.end - 1] == ' ') {
            this.end--;
        }
        if (this.end - this.position > 4
                && (this.chars[this.position + 4] == '-' || this.chars[this.position + 4] == '.')
                && this.end - this.position >= 10 && this.chars[this.position + 7] == this.chars[this.position + 4]) {
            return parseDateTime();
        }
        return parseEpoch(millis);
    }

    private boolean parseDateTime() {
        int year = parseDigits(4);
        char separator = this.chars[this.position++];
        int month = parseDigits(2);
        if (!accept(separator)) {
            return false;
        }
        int day = parseDigits(2);
        if (year < 0 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) {
            return false;
        }
        this.wallMillis = daysSinceEpoch(year, month, day) * 86_400_000L;
        if (this.position == this.end) {
            return true;
        }
        if (!accept('T') && !accept(' ') && !accept('t')) {
            return false;
        }
        return parseTimeOfDay() && parseOffset() && this.position == this.end;
    }

    private boolean parseTimeOfDay() {
        int hour = parseDigits(2);
        if (!accept(':')) {
            return false;
        }
        int minute = parseDigits(2);
        int second = accept(':') ? parseDigits(2) : 0;
        if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) {
            return false;
        }
        this.wallMillis += ((hour * 60L + minute) * 60 + second) * 1000;
        return !accept('.') || parseFraction();
    }

    private boolean parseFraction() {
        int first = this.position;
        int weight = 100;
        while (this.position < this.end && isDigit(this.chars[this.position])) {
            this.wallMillis += (long) (this.chars[this.position] - '0') * weight;
            weight /= 10;
            this.position++;
        }
        return this.position > first;
    }

    private boolean parseOffset() {
        if (this.position == this.end || accept('Z') || accept('z')) {
            return true;
        }
        boolean west = this.chars[this.position] == '-';
        if (!accept('+') && !accept('-')) {
            return false;
        }
        int hours = parseDigits(2);
        int minutes = (this.position == this.end) ? 0 : (accept(':') || this.position < this.end) ? parseDigits(2) : -1;
        if (hours < 0 || minutes < 0 || minutes > 59) {
            return false;
        }
        this.offsetPresent = true;
        this.offsetSeconds = (west ? -1 : 1) * (hours * 3600 + minutes * 60);
        return isValidOffset(this.offsetSeconds);
    }

    /**
     * Returns whether a UTC offset is valid.
     * @param seconds seconds east of UTC
     * @return false if it is not a multiple of 15 minutes, or out of range
     */
    static boolean isValidOffset(long seconds) {
        return seconds % OFFSET_STEP_SECONDS == 0 && seconds >= MIN_OFFSET_SECONDS && seconds <= MAX_OFFSET_SECONDS;
    }

    private boolean parseEpoch(boolean millis) {
        int start = this.position;
        boolean negative = accept('-');
        int firstDigit = this.position;
        long whole = 0;
        while (this.position < this.end && isDigit(this.chars[this.position])
                && this.position - firstDigit < MAX_EPOCH_DIGITS) {
            whole = whole * 10 + (this.chars[this.position++] - '0');
        }
        if (this.position == firstDigit) {
            return false;
        }
        if (this.position < this.end || negative) {
            return parseExactEpoch(start, millis);
        }
        if (Epoch.isSeconds(whole) && !millis) {
            this.wallMillis = whole * 1000;
            return true;
        }
        this.wallMillis = whole;
        if (!Epoch.isMillis(whole)) {
            this.hint = EpochHint.describe(whole, this.position - firstDigit, millis);
        }
        return this.hint == null;
    }

    /** Parses the rare forms: with a sign, a fraction or an exponent. */
    private boolean parseExactEpoch(int start, boolean millis) {
        if (this.chars[this.end - 1] == '.') {
            return false;
        }
        try {
            BigDecimal number = new BigDecimal(this.chars, start, this.end - start);
            boolean countable = (long) number.precision() - number.scale() <= MAX_EPOCH_DIGITS
                    && number.scale() <= MAX_LENGTH;
            long whole = countable ? number.setScale(0, RoundingMode.FLOOR).longValueExact() : -1;
            boolean seconds = Epoch.isSeconds(whole) && !millis;
            if (!seconds && !Epoch.isMillis(whole)) {
                this.hint = EpochHint.describe(whole, 0, millis);
                return false;
            }
            BigDecimal exact = seconds ? number.movePointRight(3) : number;
            this.wallMillis = exact.setScale(0, RoundingMode.FLOOR).longValueExact();
            return true;
        }
        catch (ArithmeticException | NumberFormatException ex) {
            return false;
        }
    }

    private int parseDigits(int count) {
        if (this.end - this.position < count) {
            return -1;
        }
        int number = 0;
        for (int i = 0; i < count; i++) {
            char c = this.chars[this.position + i];
            if (!isDigit(c)) {
                return -1;
            }
            number = number * 10 + (c - '0');
        }
        this.position += count;
        return number;
    }

    private boolean accept(char expected) {
        if (this.position < this.end && this.chars[this.position] == expected) {
            this.position++;
            return true;
        }
        return false;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static int daysInMonth(int year, int month) {
        boolean leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
        return (month == 2 && leap) ? 29 : DAYS_IN_MONTH[month - 1];
    }

    /** Counts years from March, so that the leap day is the last day of a year. */
    private static long daysSinceEpoch(int year, int month, int day) {
        long shifted = (month <= 2) ? year - 1L : year;
        long era = Math.floorDiv(shifted, 400L);
        long yearOfEra = shifted - era * 400;
        long dayOfYear = (153L * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
        long dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * 146_097 + dayOfEra - 719_468;
    }

}
