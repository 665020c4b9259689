package pregao.ingest.parser;

import java.math.BigDecimal;
import java.math.RoundingMode;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Epoch;

/**
 * A time as terminals and scripts write it: {@code 2025-10-20T03:00:00Z} with or without
 * fraction and offset, with a blank for the T, {@code 2025.10.20 03:00:00}, or a count of
 * seconds or milliseconds since 1970. Read once, asked afterwards.
 */
final class TimestampParser {

    /** What a sender is told. */
    static final String EXPECTED = "a time such as 2025-10-20T03:00:00Z, 2025.10.20 03:00:00, or epoch (milli)seconds";

    private static final int[] DAYS = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

    private static final int QUARTER_OF_AN_HOUR = 900;

    private static final int EASTERNMOST = 14 * 3600;

    private static final int WESTERNMOST = -12 * 3600;

    private static final int MAX_LENGTH = 40;

    private static final int LONGEST_COUNT = 18;

    private char[] chars = new char[0];

    private int at;

    private int end;

    private long wallMillis;

    private int offsetSeconds;

    private boolean offsetWritten;

    private @Nullable String hint;

    /**
     * The time as written, as if it were UTC.
     * @return epoch milliseconds
     */
    long wallMillis() {
        return this.wallMillis;
    }

    /**
     * The offset that is written behind it.
     * @return seconds east of UTC; 0 also for {@code Z} and for none
     */
    int offsetSeconds() {
        return this.offsetSeconds;
    }

    /**
     * Whether an offset is written behind it, also one of zero.
     * @return false for {@code Z} and for none
     */
    boolean hasOffset() {
        return this.offsetWritten;
    }

    /**
     * What a number that is no time looks like.
     * @return the rest of a sentence, or null
     */
    @Nullable String hint() {
        return this.hint;
    }

    /**
     * Reads a time.
     * @param text a string or a number
     * @param millis whether a number counts milliseconds for certain
     * @return false where it is no time
     */
    boolean read(JsonValueSlice text, boolean millis) {
        this.chars = text.chars();
        this.at = text.from();
        this.end = text.from() + text.length();
        this.offsetSeconds = 0;
        this.offsetWritten = false;
        this.hint = null;
        if (text.length() > MAX_LENGTH) {
            return false;
        }
        while (this.at < this.end && this.chars[this.at] == ' ') {
            this.at++;
        }
        while (this.at < this.end && this.chars[this.end - 1] == ' ') {
            this.end--;
        }
        if (this.end - this.at > 4 && (this.chars[this.at + 4] == '-' || this.chars[this.at + 4] == '.')
                && this.end - this.at >= 10 && this.chars[this.at + 7] == this.chars[this.at + 4]) {
            return readCalendar();
        }
        return readEpoch(millis);
    }

    private boolean readCalendar() {
        int year = digits(4);
        char separator = this.chars[this.at++];
        int month = digits(2);
        if (!take(separator)) {
            return false;
        }
        int day = digits(2);
        if (year < 0 || month < 1 || month > 12 || day < 1 || day > daysOf(year, month)) {
            return false;
        }
        this.wallMillis = daysSinceEpoch(year, month, day) * 86_400_000L;
        if (this.at == this.end) {
            return true;
        }
        if (!take('T') && !take(' ') && !take('t')) {
            return false;
        }
        return readClock() && readOffset() && this.at == this.end;
    }

    private boolean readClock() {
        int hour = digits(2);
        if (!take(':')) {
            return false;
        }
        int minute = digits(2);
        int second = take(':') ? digits(2) : 0;
        if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) {
            return false;
        }
        this.wallMillis += ((hour * 60L + minute) * 60 + second) * 1000;
        return !take('.') || readFraction();
    }

    private boolean readFraction() {
        int first = this.at;
        int weight = 100;
        while (this.at < this.end && digit(this.chars[this.at])) {
            this.wallMillis += (long) (this.chars[this.at] - '0') * weight;
            weight /= 10;
            this.at++;
        }
        return this.at > first;
    }

    private boolean readOffset() {
        if (this.at == this.end || take('Z') || take('z')) {
            return true;
        }
        boolean west = this.chars[this.at] == '-';
        if (!take('+') && !take('-')) {
            return false;
        }
        int hours = digits(2);
        int minutes = (this.at == this.end) ? 0 : (take(':') || this.at < this.end) ? digits(2) : -1;
        if (hours < 0 || minutes < 0 || minutes > 59) {
            return false;
        }
        this.offsetWritten = true;
        this.offsetSeconds = (west ? -1 : 1) * (hours * 3600 + minutes * 60);
        return isOffset(this.offsetSeconds);
    }

    /**
     * Whether there is a place on earth with this offset.
     * @param seconds east of UTC
     * @return false where it is no quarter of an hour, or too far
     */
    static boolean isOffset(long seconds) {
        return seconds % QUARTER_OF_AN_HOUR == 0 && seconds >= WESTERNMOST && seconds <= EASTERNMOST;
    }

    private boolean readEpoch(boolean millis) {
        int first = this.at;
        boolean negative = take('-');
        int digits = this.at;
        long whole = 0;
        while (this.at < this.end && digit(this.chars[this.at]) && this.at - digits < LONGEST_COUNT) {
            whole = whole * 10 + (this.chars[this.at++] - '0');
        }
        if (this.at == digits) {
            return false;
        }
        if (this.at < this.end || negative) {
            return readExactEpoch(first, millis);
        }
        if (Epoch.isSeconds(whole) && !millis) {
            this.wallMillis = whole * 1000;
            return true;
        }
        this.wallMillis = whole;
        if (!Epoch.isMillis(whole)) {
            this.hint = EpochHint.of(whole, this.at - digits, millis);
        }
        return this.hint == null;
    }

    /** The rare forms: a sign, a fraction, an exponent. */
    private boolean readExactEpoch(int first, boolean millis) {
        if (this.chars[this.end - 1] == '.') {
            return false;
        }
        try {
            BigDecimal number = new BigDecimal(this.chars, first, this.end - first);
            boolean countable = (long) number.precision() - number.scale() <= LONGEST_COUNT
                    && number.scale() <= MAX_LENGTH;
            long whole = countable ? number.setScale(0, RoundingMode.FLOOR).longValueExact() : -1;
            boolean seconds = Epoch.isSeconds(whole) && !millis;
            if (!seconds && !Epoch.isMillis(whole)) {
                this.hint = EpochHint.of(whole, 0, millis);
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

    private int digits(int count) {
        if (this.end - this.at < count) {
            return -1;
        }
        int number = 0;
        for (int i = 0; i < count; i++) {
            char c = this.chars[this.at + i];
            if (!digit(c)) {
                return -1;
            }
            number = number * 10 + (c - '0');
        }
        this.at += count;
        return number;
    }

    private boolean take(char wanted) {
        if (this.at < this.end && this.chars[this.at] == wanted) {
            this.at++;
            return true;
        }
        return false;
    }

    private static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }

    private static int daysOf(int year, int month) {
        boolean leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
        return (month == 2 && leap) ? 29 : DAYS[month - 1];
    }

    /** Counts from March, so that the leap day is the last of its year. */
    private static long daysSinceEpoch(int year, int month, int day) {
        long shifted = (month <= 2) ? year - 1L : year;
        long era = Math.floorDiv(shifted, 400L);
        long yearOfEra = shifted - era * 400;
        long dayOfYear = (153L * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
        long dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * 146_097 + dayOfEra - 719_468;
    }

}
