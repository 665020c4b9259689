package pregao.ingest.parser;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import pregao.contracts.feed.BucketGrid;
import pregao.contracts.feed.FeedClock;

/**
 * Resolver of the timestamps of one request to UTC. A numeric offset in a timestamp
 * applies, even an offset of zero. A timestamp with {@code Z} or without an offset, and
 * an epoch number, are local times: the header {@code X-UTC-Offset} determines their
 * offset, or else the time zone of the feed.
 */
public final class TimestampResolver {

    private static final Pattern OFFSET_PATTERN = Pattern.compile("([+-]?)(\\d{1,2})(?::?(\\d{2}))?|([+-]?\\d{3,6})");

    private static final long QUARTER_HOUR_MILLIS = 15 * 60_000L;

    private static final long HALF_HOUR_MILLIS = 30 * 60_000L;

    private static final long FUTURE_TOLERANCE_MILLIS = 2 * 60_000L;

    /** The first day of 1970 is what an unset time looks like. */
    private static final long MIN_TIME_MILLIS = 86_400_000L;

    private final long now;

    private final FeedClock feedClock;

    private final BucketGrid grid;

    private final @Nullable Integer headerOffset;

    /** Whether the offset changes over the year, as the time zone of the feed applies. */
    private final boolean variable;

    private long cachedOffset;

    /** The offset of the second occurrence of an ambiguous time. */
    private long cachedLaterOffset;

    private Shown cachedOccurrence = Shown.ONCE;

    private long cachedQuarter = Long.MIN_VALUE;

    /**
     * Creates the resolver of a request.
     * @param now when the request was received, epoch milliseconds
     * @param feedClock the time zone of the feed
     * @param grid the bucket grid of the feed
     * @param headerOffset seconds east of UTC, or null if the header is missing
     */
    public TimestampResolver(long now, FeedClock feedClock, BucketGrid grid, @Nullable Integer headerOffset) {
        this.now = now;
        this.feedClock = feedClock;
        this.grid = grid;
        this.headerOffset = headerOffset;
        this.variable = headerOffset == null && !feedClock.zone().getRules().isFixedOffset();
    }

    /**
     * Parses the header {@code X-UTC-Offset}.
     * @param text {@code +03:00}, {@code +3}, {@code -0330} or seconds
     * @return seconds east of UTC, or null if the text is invalid
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
     * Returns whether local times can be skipped or ambiguous.
     * @return false if the offset is fixed
     */
    boolean isVariable() {
        return this.variable;
    }

    /**
     * Returns how often a local time occurs.
     * @param time the parsed time
     * @return the number of occurrences; once for a time with an offset
     */
    Shown occurrence(TimestampParser time) {
        if (!this.variable || time.hasOffset()) {
            return Shown.ONCE;
        }
        lookUp(time.wallMillis());
        return this.cachedOccurrence;
    }

    /**
     * Returns the UTC offset of a time.
     * @param time the parsed time
     * @return milliseconds; for an ambiguous time, the offset of its first occurrence
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
     * Returns the UTC offset of the second occurrence of an ambiguous time.
     * @param time the parsed time
     * @return milliseconds
     */
    long laterOffsetMillis(TimestampParser time) {
        lookUp(time.wallMillis());
        return this.cachedLaterOffset;
    }

    /**
     * Returns the difference between two times of one item.
     * @param first the first parsed time
     * @param second the second parsed time
     * @return milliseconds
     */
    long difference(TimestampParser first, TimestampParser second) {
        long wallDifference = first.wallMillis() - second.wallMillis();
        return (!first.hasOffset() && !second.hasOffset()) ? wallDifference
                : wallDifference - offsetMillis(first) + offsetMillis(second);
    }

    /**
     * Time zones change their offset on quarter hours, so the result holds for the whole
     * quarter hour.
     */
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
     * Creates the rejection of a local time that does not exist.
     * @param field the name of the field
     * @return the rejection
     */
    Rejection skippedTime(String field) {
        return new Rejection(field,
                "%s is a local time that the feed's time zone %s skips".formatted(field, this.feedClock.text()),
                "a local time that exists, or a time with an offset", Rejection.Kind.CONTRADICTION);
    }

    /**
     * Creates the rejection of an ambiguous local time.
     * @param field the name of the field
     * @return the rejection
     */
    Rejection ambiguousTime(String field) {
        return new Rejection(field,
                "%s is a local time that the feed's time zone %s shows twice, and nothing says which one is meant"
                    .formatted(field, this.feedClock.text()),
                "a time with an offset, or items before or after the repeated hour in the same request",
                Rejection.Kind.CONTRADICTION);
    }

    /**
     * Formats a UTC offset.
     * @param seconds seconds east of UTC
     * @return the offset, such as {@code +03:00}
     */
    public static String formatOffset(int seconds) {
        int minutes = Math.abs(seconds) / 60;
        return String.format(Locale.ROOT, "%s%02d:%02d", (seconds < 0) ? "-" : "+", minutes / 60, minutes % 60);
    }

    /**
     * Checks that a time is neither in the future nor before 1970-01-02.
     * @param utc epoch milliseconds
     * @param offset the UTC offset with which it was written, milliseconds
     * @param field the name of the field
     * @return the rejection, or null
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
     * Number of occurrences of a local time.
     */
    enum Shown {

        /** The usual case. */
        ONCE,
        /** The clock is set back: the hour is repeated. */
        TWICE,
        /** The clock is set forward: the hour is skipped. */
        NEVER

    }

}
