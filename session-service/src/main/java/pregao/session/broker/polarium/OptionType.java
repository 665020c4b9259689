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

    private final int number;

    private final long usualSize;

    private final int usualCount;

    OptionType(int number, long usualSize, int usualCount) {
        this.number = number;
        this.usualSize = usualSize;
        this.usualCount = usualCount;
    }

    /**
     * The grid of their ends where the broker does not say.
     * @return seconds
     */
    long usualSize() {
        return this.usualSize;
    }

    /**
     * How many ends can be bought at once where the broker does not say.
     * @return 0 where they run from their sale
     */
    int usualCount() {
        return this.usualCount;
    }

    int number() {
        return this.number;
    }

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

}
