package pregao.ingest.parser;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * The time of one item, which may come under several names: milliseconds win for the
 * moment, {@code ts} for what is shown to the sender again. All of them must agree.
 */
final class TimestampField {

    private static final String[] FIELDS = { "time", "time_iso", "timestamp", "ts", "time_msc", "ts_msc" };

    private static final int FIRST_OF_MILLIS = 4;

    /** Whole seconds and milliseconds of one moment are this far apart at most. */
    private static final long APART = 1000;

    private final TimestampParser[] texts = new TimestampParser[FIELDS.length];

    private int present;

    private int readable;

    private int best = -1;

    private char[] original = new char[64];

    private int originalLength;

    private int originalRank;

    private @Nullable Rejection unreadable;

    TimestampField() {
        for (int i = 0; i < this.texts.length; i++) {
            this.texts[i] = new TimestampParser();
        }
    }

    void clear() {
        this.present = 0;
        this.readable = 0;
        this.best = -1;
        this.originalLength = 0;
        this.originalRank = 0;
        this.unreadable = null;
    }

    /**
     * Takes a field if it is a time.
     * @param name the field's name
     * @param value its value
     */
    void take(String name, JsonValueSlice value) {
        int rank = rank(name);
        boolean millis = rank >= FIRST_OF_MILLIS;
        if (value.isNull() || (millis && value.is("0"))) {
            return;
        }
        keep(millis ? rank - FIRST_OF_MILLIS + 1 : rank + FIELDS.length - FIRST_OF_MILLIS + 1, value);
        TimestampParser text = this.texts[rank];
        boolean read = text.read(value, millis);
        this.present |= 1 << rank;
        this.readable = read ? this.readable | 1 << rank : this.readable & ~(1 << rank);
        if (rank >= this.best) {
            this.best = rank;
            this.unreadable = read ? null : complaint(name, value, text.hint());
        }
    }

    private static Rejection complaint(String name, JsonValueSlice value, @Nullable String hint) {
        String reason = "%s is %s".formatted(name, value.shown());
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

    private void keep(int weight, JsonValueSlice value) {
        if (weight > this.originalRank) {
            this.originalRank = weight;
            this.originalLength = Math.min(value.length(), this.original.length);
            System.arraycopy(value.chars(), value.from(), this.original, 0, this.originalLength);
        }
    }

    boolean isMissing() {
        return this.present == 0;
    }

    /**
     * What is wrong with the time before any clock is asked.
     * @return the complaint, or null
     */
    @Nullable Rejection fault() {
        return (this.best < 0) ? Rejection.missing("ts", TimestampParser.EXPECTED) : this.unreadable;
    }

    /**
     * What is wrong with the times together.
     * @param clock what they mean
     * @return the complaint, or null where there is one readable time, or all are of one
     * moment
     */
    @Nullable Rejection contradiction(TimestampResolver clock) {
        if (Integer.bitCount(this.readable) < 2) {
            return null;
        }
        TimestampParser first = text();
        for (int i = 0; i < this.best; i++) {
            if ((this.readable & (1 << i)) != 0) {
                long apart = Math.abs(clock.difference(first, this.texts[i]));
                if (apart > APART) {
                    return new Rejection(field(),
                            "%s %s and %s %s are %d s apart".formatted(field(), shown(first), FIELDS[i],
                                    shown(this.texts[i]), apart / 1000),
                            "times within a second of each other", Rejection.Kind.CONTRADICTION);
                }
            }
        }
        return null;
    }

    private static String shown(TimestampParser text) {
        String wall = Instant.ofEpochMilli(text.wallMillis()).toString();
        return text.hasOffset() ? wall.replace("Z", TimestampResolver.offsetText(text.offsetSeconds())) : wall;
    }

    boolean isReadable() {
        return this.best >= 0 && this.unreadable == null;
    }

    TimestampParser text() {
        return this.texts[Math.max(this.best, 0)];
    }

    String field() {
        return (this.best < 0) ? "ts" : FIELDS[this.best];
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
