package pregao.simulator.polarium;

import org.jspecify.annotations.Nullable;

/**
 * How long options run and what the protocol calls them.
 */
enum OptionKind {

    /** To the end of a quarter of an hour. */
    BINARY(1, "binary"),
    /** To the end of a minute. */
    TURBO(3, "turbo"),
    /** For some seconds. */
    BLITZ(12, "blitz");

    private static final int LONGEST_TURBO = 5 * 60 + 60;

    private final int number;

    private final String text;

    OptionKind(int number, String text) {
        this.number = number;
        this.text = text;
    }

    static @Nullable OptionKind numbered(int number) {
        for (OptionKind kind : values()) {
            if (kind.number == number) {
                return kind;
            }
        }
        return null;
    }

    int number() {
        return this.number;
    }

    String text() {
        return this.text;
    }

    /**
     * When an order's option ends.
     * @param expired the moment it names, epoch seconds
     * @param size the length it names, seconds
     * @param now epoch seconds
     * @return epoch seconds, or 0 where no such option is sold
     */
    long expiry(long expired, int size, long now) {
        return switch (this) {
            case BINARY -> (expired % 900 == 0) ? expired : 0;
            case TURBO -> (expired % 60 == 0 && expired <= now + LONGEST_TURBO) ? expired : 0;
            case BLITZ -> Asset.BLITZ_SIZES.contains(size) ? now + size : 0;
        };
    }

    /**
     * Whether nothing is sold any more.
     * @param expiry epoch seconds
     * @param now epoch seconds
     * @return true inside the dead time
     */
    boolean isOver(long expiry, long now) {
        return this != BLITZ && expiry - Asset.DEAD_TIME <= now;
    }

}
