package pregao.ingest.parser;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import pregao.contracts.feed.BucketGrid;
import pregao.contracts.feed.FeedClock;

/**
 * What the times of one request mean. An offset written behind a time is believed, also
 * one of zero. A time with {@code Z} or with nothing, and a count since 1970, is what the
 * header {@code X-UTC-Offset} says, else what the feed's clock shows.
 */
public final class TimestampResolver {

    private static final Pattern OFFSET_PATTERN = Pattern.compile("([+-]?)(\\d{1,2})(?::?(\\d{2}))?|([+-]?\\d{3,6})");

    private static final long QUARTER_HOUR_MILLIS = 15 * 60_000L;

    private static final long HALF_HOUR_MILLIS = 30 * 60_000L;

    private static final long FUTURE_TOLERANCE_MILLIS = 2 * 60_000L;

    /** The first day is what an unset time looks like. */
    private static final long MIN_TIME_MILLIS = 86_400_000L;

    private final long now;

    private final FeedClock feedClock;

    private final BucketGrid grid;

    private final @Nullable Integer headerOffset;

    /** Whether an offset of the feed's clock changes with the seasons. */
    private final boolean variable;

    private long cachedOffset;

    /** Of a time that the clock shows twice: the shift the second time. */
    private long cachedLaterOffset;

    private Shown cachedOccurrence = Shown.ONCE;

    private long cachedQuarter = Long.MIN_VALUE;

    /**
     * Makes the clock of a request.
     * @param now when it was taken, epoch milliseconds
     * @param feedClock of the caller's feed
     * @param grid of the caller's feed
     * @param headerOffset seconds east of UTC, or null where the header is missing
     */
    public TimestampResolver(long now, FeedClock feedClock, BucketGrid grid, @Nullable Integer headerOffset) {
        this.now = now;
        this.feedClock = feedClock;
        this.grid = grid;
        this.headerOffset = headerOffset;
        this.variable = headerOffset == null && !feedClock.zone().getRules().isFixedOffset();
    }

    /**
     * Reads the header {@code X-UTC-Offset}.
     * @param text {@code +03:00}, {@code +3}, {@code -0330} or seconds
     * @return seconds east of UTC, or null for anything else
     */
    public static @Nullable Integer parseOffset(String text) {
        Matcher matcher = OFFSET_PATTERN.matcher(text.strip());
        if (!matcher.matches()) {
            return null;
        }
        boolean signed = text.strip().startsWith("+") || text.strip().startsWith("-");
        int seconds;
        String digits = matcher.group(4);
        if (digits != null || (!signed && matcher.group(3) != null && text.indexOf(':') < 0)) {
            seconds = Integer.parseInt(text.strip());
        }
        else {
            int minutes = (matcher.group(3) != null) ? Integer.parseInt(matcher.group(3)) : 0;
            seconds = Integer.parseInt(matcher.group(2)) * 3600 + minutes * 60;
            seconds = "-".equals(matcher.group(1)) ? -seconds : seconds;
        }
        return TimestampParser.isValidOffset(seconds) ? seconds : null;
    }

    public long now() {
        return this.now;
    }

    BucketGrid grid() {
        return this.grid;
    }

    /**
     * Whether times without an offset of their own may be skipped or shown twice.
     * @return false where their offset is one for all seasons
     */
    boolean isVariable() {
        return this.variable;
    }

    /**
     * How often the clock shows a time.
     * @param time as read
     * @return once for a time with an offset of its own
     */
    Shown occurrence(TimestampParser time) {
        if (!this.variable || time.hasOffset()) {
            return Shown.ONCE;
        }
        lookUp(time.wallMillis());
        return this.cachedOccurrence;
    }

    /**
     * How far ahead of UTC a time is written.
     * @param time as read
     * @return milliseconds; of a time that is shown twice, those of the first time
     */
    long offsetMillis(TimestampParser time) {
        if (time.hasOffset()) {
            return time.offsetSeconds() * 1000L;
        }
        if (this.headerOffset != null) {
            return this.headerOffset * 1000L;
        }
        if (this.feedClock.isUtc()) {
            return 0;
        }
        lookUp(time.wallMillis());
        return this.cachedOffset;
    }

    /**
     * How far ahead of UTC a time that is shown twice is the second time.
     * @param time as read
     * @return milliseconds
     */
    long laterOffsetMillis(TimestampParser time) {
        lookUp(time.wallMillis());
        return this.cachedLaterOffset;
    }

    /**
     * How far two times of one item are apart.
     * @param first as read
     * @param second as read
     * @return milliseconds
     */
    long difference(TimestampParser first, TimestampParser second) {
        long wallDifference = first.wallMillis() - second.wallMillis();
        return (!first.hasOffset() && !second.hasOffset()) ? wallDifference
                : wallDifference - offsetMillis(first) + offsetMillis(second);
    }

    /** Zones change their offset on quarters of an hour, so one look-up holds for one. */
    private void lookUp(long wallMillis) {
        long quarter = Math.floorDiv(wallMillis, QUARTER_HOUR_MILLIS);
        if (quarter == this.cachedQuarter) {
            return;
        }
        long[] instants = this.feedClock.moments(wallMillis);
        this.cachedQuarter = quarter;
        this.cachedOccurrence = (instants.length == 0) ? Shown.NEVER
                : (instants.length == 1) ? Shown.ONCE : Shown.TWICE;
        this.cachedOffset = wallMillis - ((instants.length == 0) ? this.feedClock.toUtc(wallMillis) : instants[0]);
        this.cachedLaterOffset = (instants.length < 2) ? this.cachedOffset : wallMillis - instants[1];
    }

    /**
     * A local time that the clock skips.
     * @param field where it came from
     * @return why it cannot be
     */
    Rejection skippedTime(String field) {
        return new Rejection(field,
                "%s is a local time that the feed's time zone %s skips".formatted(field, this.feedClock.text()),
                "a local time that exists, or a time with an offset", Rejection.Kind.CONTRADICTION);
    }

    /**
     * A local time that the clock shows twice.
     * @param field where it came from
     * @return why it is not taken
     */
    Rejection ambiguousTime(String field) {
        return new Rejection(field,
                "%s is a local time that the feed's time zone %s shows twice, and nothing says which one is meant"
                    .formatted(field, this.feedClock.text()),
                "a time with an offset, or items before or after the repeated hour in the same request",
                Rejection.Kind.CONTRADICTION);
    }

    /**
     * An offset as it is written behind a time.
     * @param seconds east of UTC
     * @return such as {@code +03:00}
     */
    public static String formatOffset(int seconds) {
        int minutes = Math.abs(seconds) / 60;
        return String.format(Locale.ROOT, "%s%02d:%02d", (seconds < 0) ? "-" : "+", minutes / 60, minutes % 60);
    }

    /**
     * Judges a moment.
     * @param utc epoch milliseconds
     * @param offset how far ahead of UTC it was written
     * @param field where it came from
     * @return why it cannot be, or null
     */
    @Nullable Rejection checkPlausible(long utc, long offset, String field) {
        long ahead = utc - this.now;
        if (ahead > FUTURE_TOLERANCE_MILLIS) {
            return new Rejection(field, field + " is in the future: " + describeOffset(ahead, offset),
                    "a time at most 2 minutes after now", Rejection.Kind.FUTURE);
        }
        if (utc < MIN_TIME_MILLIS) {
            return new Rejection(field, field + " is in 1970 or before", "a time after 1970-01-01",
                    Rejection.Kind.PAST);
        }
        return null;
    }

    private static String describeOffset(long ahead, long offset) {
        long halfHours = Math.round((double) ahead / HALF_HOUR_MILLIS);
        long correctedOffset = offset + halfHours * HALF_HOUR_MILLIS;
        if (halfHours == 0) {
            return "%d s ahead; set the sender's clock".formatted(ahead / 1000);
        }
        if (!TimestampParser.isValidOffset(correctedOffset / 1000)) {
            return "no shift explains it";
        }
        return "looks like %s; set the feed's clock".formatted(describeUtcOffset(correctedOffset));
    }

    private static String describeUtcOffset(long offset) {
        long minutes = Math.abs(offset) / 60_000;
        String size = (minutes % 60 == 0) ? Long.toString(minutes / 60)
                : String.format(Locale.ROOT, "%d:%02d", minutes / 60, minutes % 60);
        return (offset == 0) ? "UTC" : "UTC" + ((offset < 0) ? "-" : "+") + size;
    }

    /**
     * How often a clock shows a time.
     */
    enum Shown {

        /** As most times. */
        ONCE,
        /** Put back: the hour comes again. */
        TWICE,
        /** Put forward: the hour is skipped. */
        NEVER

    }

}
