package pregao.market.pattern;

import java.util.List;

/**
 * Patterns read anew from their descriptions, letter by letter, without regard to time.
 */
final class NaivePatternEvaluator {

    private NaivePatternEvaluator() {
    }

    /**
     * Reads one block.
     * @param pattern by which
     * @param letters of the whole series
     * @param block the place of the block's first letter
     * @param gales entries after the first
     * @return such as {@code WIN CALL 1} or {@code NULL}
     */
    static String read(Pattern pattern, String letters, int block, int gales) {
        String whole = letters + ".".repeat(100);
        String seen = whole.substring(block, block + (pattern.sameBlock() ? pattern.entry() : pattern.block()));
        if (seen.contains(".")) {
            return "SKIPPED_GAP";
        }
        StringBuilder looked = new StringBuilder();
        pattern.look().forEach((place) -> looked.append(seen.charAt(place)));
        if (looked.indexOf("D") >= 0) {
            return "NULL";
        }
        char side = side(pattern, looked.toString());
        if (side == '-') {
            return "NO_SIDE";
        }
        String name = (side == 'G') ? " CALL " : " PUT ";
        int entry = block + (pattern.sameBlock() ? 0 : pattern.block()) + pattern.entry();
        for (int level = 0; level <= gales; level++) {
            char bet = side;
            if (level > 0 && pattern.gales() != MartingaleSide.SAME) {
                int followed = (pattern.gales() == MartingaleSide.LAST_CANDLE) ? entry + level - 1
                        : block + pattern.look().getFirst() + level;
                char colour = whole.charAt(followed);
                bet = (colour == 'D' || colour == '.') ? side : colour;
            }
            char came = whole.charAt(entry + level);
            if (came == '.') {
                return "VOID" + name + level;
            }
            if (came == bet) {
                return "WIN" + name + level;
            }
        }
        return "LOSS" + name + (gales + 1);
    }

    private static char side(Pattern pattern, String looked) {
        long greens = looked.chars().filter((letter) -> letter == 'G').count();
        long reds = looked.length() - greens;
        boolean equal = List.of(0L, (long) looked.length()).contains(greens);
        if (equal && looked.length() > 1 && !pattern.unanimous()) {
            return '-';
        }
        char more = (greens > reds) ? 'G' : (reds > greens) ? 'R' : '-';
        char less = (more == 'G') ? 'R' : (more == 'R') ? 'G' : '-';
        return switch (pattern.choice()) {
            case MINORITY -> less;
            case MAJORITY -> more;
            case REPEAT -> equal ? more : '-';
            case OPPOSITE -> equal ? less : '-';
        };
    }

}
