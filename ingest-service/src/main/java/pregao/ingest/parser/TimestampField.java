package pregao.ingest.parser;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Timestamp of one item, which can have several fields. Milliseconds take precedence for
 * the time, and {@code ts} for the text that the response repeats. All fields must agree.
 */
final class TimestampField {

    private static final String[] FIELDS = { "time", "time_iso", "timestamp", "ts", "time_msc", "ts_msc" };

    private static final int FIRST_MILLIS_RANK = 4;

    /** The maximum difference between seconds and milliseconds of the same time. */
    private static final long MAX_DIFFERENCE_MILLIS = 1000;

    private final TimestampParser[] timestamps = new TimestampParser[FIELDS.length];

    private int presentMask;

    private int readableMask;

    private int bestRank = -1;

    private char[] original = new char[64];

    private int originalLength;

    private int originalWeight;

    private @Nullable Rejection bestError;

    TimestampField() {
        for (int i = 0; i < this.timestamps.length; i++) {
            this.timestamps[i] = new TimestampParser();
        }
    }

    void clear() {
        this.presentMask = 0;
        this.readableMask = 0;
        this.bestRank = -1;
        this.originalLength = 0;
        this.originalWeight = 0;
        this.bestError = null;
    }

    /**
     * Reads a field if it contains a time.
     * @param name the name of the field
     * @param value the value of the field
     */
    void read(String name, JsonValueSlice value) {
        int rank = rank(name);
        boolean millis = rank >= FIRST_MILLIS_RANK;
        if (value.isNull() || (millis && value.contentEquals("0"))) {
            return;
        }
        keepOriginal(millis ? rank - FIRST_MILLIS_RANK + 1 : rank + FIELDS.length - FIRST_MILLIS_RANK + 1, value);
        TimestampParser parser = this.timestamps[rank];
        boolean parsed = parser.parse(value, millis);
        this.presentMask |= 1 << rank;
        this.readableMask = parsed ? this.readableMask | 1 << rank : this.readableMask & ~(1 << rank);
        if (rank >= this.bestRank) {
            this.bestRank = rank;
            this.bestError = parsed ? null : toRejection(name, value, parser.hint());
        }
    }

    private static Rejection toRejection(String name, JsonValueSlice value, @Nullable String hint) {
        String reason = "%s is %s".formatted(name, value.describe());
        return (hint == null) ? new Rejection(name, reason, TimestampParser.EXPECTED, Rejection.Kind.MALFORMED)
                : new Rejection(name, reason + ", which " + hint, TimestampParser.EXPECTED, Rejection.Kind.RANGE);
    }

    private static int rank(String name) {
        return switch (name) {
            case "ts_msc" -> 5;
            case "time_msc" -> 4;
            case "ts" -> 3;
            case "timestamp" -> 2;
            case "time_iso" -> 1;
            default -> 0;
        };
    }

    private void keepOriginal(int weight, JsonValueSlice value) {
        if (weight > this.originalWeight) {
            this.originalWeight = weight;
            this.originalLength = Math.min(value.length(), this.original.length);
            System.arraycopy(value.chars(), value.from(), this.original, 0, this.originalLength);
        }
    }

    boolean isMissing() {
        return this.presentMask == 0;
    }

    /**
     * Finds the error of the timestamp that does not depend on a time zone.
     * @return the error, or null
     */
    @Nullable Rejection findError() {
        return (this.bestRank < 0) ? Rejection.missing("ts", TimestampParser.EXPECTED) : this.bestError;
    }

    /**
     * Finds a contradiction between the fields.
     * @param resolver the resolver of the request
     * @return the error, or null if there is only one readable field or all fields agree
     */
    @Nullable Rejection findContradiction(TimestampResolver resolver) {
        if (Integer.bitCount(this.readableMask) < 2) {
            return null;
        }
        TimestampParser first = timestamp();
        for (int i = 0; i < this.bestRank; i++) {
            if ((this.readableMask & (1 << i)) != 0) {
                long difference = Math.abs(resolver.difference(first, this.timestamps[i]));
                if (difference > MAX_DIFFERENCE_MILLIS) {
                    return new Rejection(fieldName(),
                            "%s %s and %s %s are %d s apart".formatted(fieldName(), format(first), FIELDS[i],
                                    format(this.timestamps[i]), difference / 1000),
                            "times within a second of each other", Rejection.Kind.CONTRADICTION);
                }
            }
        }
        return null;
    }

    private static String format(TimestampParser timestamp) {
        String localTime = Instant.ofEpochMilli(timestamp.wallMillis()).toString();
        return timestamp.hasOffset() ? localTime.replace("Z", TimestampResolver.formatOffset(timestamp.offsetSeconds()))
                : localTime;
    }

    boolean isReadable() {
        return this.bestRank >= 0 && this.bestError == null;
    }

    TimestampParser timestamp() {
        return this.timestamps[Math.max(this.bestRank, 0)];
    }

    String fieldName() {
        return (this.bestRank < 0) ? "ts" : FIELDS[this.bestRank];
    }

    char[] original() {
        return this.original;
    }

    int originalLength() {
        return this.originalLength;
    }

    String originalText() {
        return new String(this.original, 0, this.originalLength);
    }

}
