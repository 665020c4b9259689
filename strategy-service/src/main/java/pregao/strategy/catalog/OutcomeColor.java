package pregao.strategy.catalog;

import pregao.market.pattern.PatternResult;

/**
 * The colour by which a block's outcome is shown; the first five are those that traders
 * know.
 */
public enum OutcomeColor {

    /** The first entry. */
    GREEN("won by the first entry"),
    /** The first gale. */
    BLUE("won by the first gale"),
    /** The second gale. */
    YELLOW("won by the second gale"),
    /** All entries. */
    RED("lost: none of the entries won"),
    /** A doji. */
    WHITE("null: a candle that was looked at closed where it opened"),
    /** More gales than traders usually have. */
    ORANGE("won by the third gale or a later one"),
    /** Going on. */
    GREY("the entries are not over"),
    /** Holes. */
    BLACK("a candle is missing, in the block or in the entries"),
    /** As many of one as of the other. */
    SILVER("what was looked at gives no side");

    private static final OutcomeColor[] WIN_COLORS = { GREEN, BLUE, YELLOW };

    private final String meaning;

    OutcomeColor(String meaning) {
        this.meaning = meaning;
    }

    /**
     * What it means.
     * @return in a few words
     */
    public String meaning() {
        return this.meaning;
    }

    /**
     * The colour of a block.
     * @param block what came of it
     * @return its colour
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
