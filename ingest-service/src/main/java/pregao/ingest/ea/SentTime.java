package pregao.ingest.ea;

import org.jspecify.annotations.Nullable;

/**
 * The time of one item, which may come under several names: milliseconds win for the
 * moment, {@code ts} for what is shown to the sender again.
 */
final class SentTime {

    private final TimeText best = new TimeText();

    private final TimeText next = new TimeText();

    private int rank;

    private String field = "ts";

    private char[] original = new char[64];

    private int originalLength;

    private int originalRank;

    private boolean readable;

    private @Nullable String unreadable;

    void clear() {
        this.rank = 0;
        this.field = "ts";
        this.originalLength = 0;
        this.originalRank = 0;
        this.readable = false;
        this.unreadable = null;
    }

    /**
     * Takes a field if it is a time.
     * @param name the field's name
     * @param value its value
     */
    void take(String name, ValueText value) {
        int weight = weight(name);
        boolean millis = weight > 2;
        if (value.isNull() || (millis && value.is("0"))) {
            return;
        }
        keep(millis ? weight - 2 : weight + 2, value);
        if (weight > this.rank) {
            this.rank = weight;
            this.field = name;
            this.readable = this.next.read(value, millis);
            this.unreadable = this.readable ? null : value.shown();
            this.best.copy(this.next);
        }
    }

    private static int weight(String name) {
        return switch (name) {
            case "ts_msc" -> 4;
            case "time_msc" -> 3;
            case "ts" -> 2;
            default -> 1;
        };
    }

    private void keep(int weight, ValueText value) {
        if (weight > this.originalRank) {
            this.originalRank = weight;
            this.originalLength = Math.min(value.length(), this.original.length);
            System.arraycopy(value.chars(), value.from(), this.original, 0, this.originalLength);
        }
    }

    /**
     * What is wrong with the time before any clock is asked.
     * @return the complaint, or null
     */
    @Nullable Rejection fault() {
        if (this.rank == 0) {
            return Rejection.missing("ts", TimeText.EXPECTED);
        }
        if (!this.readable) {
            return new Rejection(this.field, "%s is %s".formatted(this.field, this.unreadable), TimeText.EXPECTED,
                    Rejection.Kind.MALFORMED);
        }
        return null;
    }

    boolean isReadable() {
        return this.readable;
    }

    TimeText text() {
        return this.best;
    }

    String field() {
        return this.field;
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
