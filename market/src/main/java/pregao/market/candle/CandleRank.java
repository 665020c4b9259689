package pregao.market.candle;

/**
 * How well a candle is founded. A higher rank replaces a lower one, with the one
 * exception of {@link CandleState}.
 */
public enum CandleRank {

    /** Built, forming. */
    BUILT_FORMING(1),
    /** Provided, forming or provisional. */
    PROVISIONAL(2),
    /** Built from ticks or minutes, final. */
    BUILT_FINAL(3),
    /** Provided, final because a later candle of its series was provided. */
    SUCCEEDED(4),
    /** Provided and marked as final. */
    MARKED(5),
    /** Released from quarantine, or an accepted conflict. */
    CHOSEN(6);

    private final int number;

    CandleRank(int number) {
        this.number = number;
    }

    /**
     * The form in the database.
     * @return from 1 to 6
     */
    public int number() {
        return this.number;
    }

    public boolean isFinal() {
        return this.number >= BUILT_FINAL.number;
    }

    public boolean isProvided() {
        return this == PROVISIONAL || this == SUCCEEDED || this == MARKED;
    }

    public boolean isBuilt() {
        return this == BUILT_FORMING || this == BUILT_FINAL;
    }

    /**
     * The rank of a number.
     * @param number from 1 to 6
     * @return the rank
     * @throws IllegalArgumentException for any other number
     */
    public static CandleRank of(int number) {
        for (CandleRank rank : values()) {
            if (rank.number == number) {
                return rank;
            }
        }
        throw new IllegalArgumentException("a rank is from 1 to 6, not " + number);
    }

}
