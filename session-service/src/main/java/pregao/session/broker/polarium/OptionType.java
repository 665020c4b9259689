package pregao.session.broker.polarium;

import java.util.Locale;

/**
 * Products of the broker.
 */
enum OptionType {

    /** Ends at a quarter of an hour. */
    BINARY(1, 900, 50),
    /** Ends at a full minute. */
    TURBO(3, 60, 5),
    /** Runs for some seconds from its sale. */
    BLITZ(12, 1, 0);

    private final int typeId;

    private final long defaultGridSeconds;

    private final int defaultEndCount;

    OptionType(int typeId, long defaultGridSeconds, int defaultEndCount) {
        this.typeId = typeId;
        this.defaultGridSeconds = defaultGridSeconds;
        this.defaultEndCount = defaultEndCount;
    }

    /**
     * Returns the default grid of the ends.
     * @return the grid in seconds
     */
    long defaultGridSeconds() {
        return this.defaultGridSeconds;
    }

    /**
     * Returns the default number of ends that can be bought at a time.
     * @return the number, or 0 if options run from their sale
     */
    int defaultEndCount() {
        return this.defaultEndCount;
    }

    int typeId() {
        return this.typeId;
    }

    String productName() {
        return name().toLowerCase(Locale.ROOT);
    }

}
