package pregao.strategy.catalog;

import pregao.market.pattern.PatternResult;

/**
 * The color in which the outcome of a block is shown. The first five are the colors that
 * traders are used to.
 */
public enum OutcomeColor {

    /** The first entry won. */
    GREEN("won by the first entry"),
    /** The first gale won. */
    BLUE("won by the first gale"),
    /** The second gale won. */
    YELLOW("won by the second gale"),
    /** None of the entries won. */
    RED("lost: none of the entries won"),
    /** An evaluated candle is a doji. */
    WHITE("null: a candle that was looked at closed where it opened"),
    /** The third gale or a later one won, which is more than traders usually play. */
    ORANGE("won by the third gale or a later one"),
    /** The entries have not ended yet. */
    GREY("the entries are not over"),
    /** A candle is missing. */
    BLACK("a candle is missing, in the block or in the entries"),
    /** The evaluated candles give no side. */
    SILVER("what was looked at gives no side");

    private static final OutcomeColor[] WIN_COLORS = { GREEN, BLUE, YELLOW };

    private final String meaning;

    OutcomeColor(String meaning) {
        this.meaning = meaning;
    }

    /**
     * Returns what the color means.
     * @return a few words in English
     */
    public String meaning() {
        return this.meaning;
    }

    /**
     * Returns the color of a block.
     * @param block the outcome of the block
     * @return the color
     */
    public static OutcomeColor of(PatternResult block) {
        return switch (block.outcome()) {
            case WIN -> (block.level() < WIN_COLORS.length) ? WIN_COLORS[block.level()] : ORANGE;
            case LOSS -> RED;
            case NULL -> WHITE;
            case PENDING -> GREY;
            case VOID, SKIPPED_GAP -> BLACK;
            case NO_SIDE -> SILVER;
        };
    }

}
