package pregao.session.broker.polarium;

import java.util.Locale;

/**
 * The broker's products.
 */
enum OptionType {

    /** To the end of a quarter of an hour. */
    BINARY(1, 900, 50),
    /** To the end of a minute. */
    TURBO(3, 60, 5),
    /** For some seconds. */
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
     * The grid of their ends where the broker does not say.
     * @return seconds
     */
    long defaultGridSeconds() {
        return this.defaultGridSeconds;
    }

    /**
     * How many ends can be bought at once where the broker does not say.
     * @return 0 where they run from their sale
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
