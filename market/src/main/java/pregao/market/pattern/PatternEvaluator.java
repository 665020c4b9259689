package pregao.market.pattern;

import org.jspecify.annotations.Nullable;

/**
 * Reads blocks by a pattern. An entry on a doji is missed, and the next one follows; an
 * entry whose candle is missing is waited for two minutes.
 */
public final class PatternEvaluator {

    /** How long after its end a candle may still come. */
    public static final long TIMEOUT_MILLIS = 120_000;

    private static final int MOST_GALES = 5;

    private final Pattern pattern;

    private final int[] look;

    private final int gales;

    /**
     * A reading by a pattern.
     * @param pattern which
     * @param gales how many entries may follow a lost one, 0 to 5
     */
    public PatternEvaluator(Pattern pattern, int gales) {
        if (gales < 0 || gales > MOST_GALES) {
            throw new IllegalArgumentException("gales must be from 0 to 5, not " + gales);
        }
        this.pattern = pattern;
        this.look = pattern.look().stream().mapToInt(Integer::intValue).toArray();
        this.gales = gales;
    }

    public Pattern pattern() {
        return this.pattern;
    }

    /**
     * How many entries may follow a lost one.
     * @return 0 to 5
     */
    public int gales() {
        return this.gales;
    }

    /**
     * Reads one block.
     * @param colours of the pattern's timeframe
     * @param start of the block, epoch milliseconds
     * @param now the feed's time, epoch milliseconds
     * @return what came of it
     */
    public PatternResult read(CandleColors colours, long start, long now) {
        int block = colours.place(start);
        PatternOutcome none = why(colours, block);
        byte side = (none == null) ? side(colours, block) : CandleColors.NONE;
        if (side == CandleColors.NONE) {
            return new PatternResult(start, (none != null) ? none : PatternOutcome.NO_SIDE, null, 0);
        }
        Direction direction = direction(side);
        int first = block + this.pattern.entryPlace();
        for (int level = 0; level <= this.gales; level++) {
            byte colour = colours.at(first + level);
            if (colour == CandleColors.NONE) {
                return new PatternResult(start, awaited(colours, first + level, now), direction, level);
            }
            if (colour == sideAt(colours, block, level, side)) {
                return new PatternResult(start, PatternOutcome.WIN, direction, level);
            }
        }
        return new PatternResult(start, PatternOutcome.LOSS, direction, this.gales + 1);
    }

    /**
     * The side that a block gives, as soon as what is looked at is there.
     * @param colours of the pattern's timeframe
     * @param start of the block, epoch milliseconds
     * @return null where it gives none
     */
    public @Nullable Direction side(CandleColors colours, long start) {
        int place = colours.place(start);
        return (why(colours, place) == null) ? direction(side(colours, place)) : null;
    }

    /**
     * The side of one entry, as soon as the candles before it are there.
     * @param colours of the pattern's timeframe
     * @param start of the block, epoch milliseconds
     * @param level which entry, the first is 0
     * @return null where the block gives none
     */
    public @Nullable Direction side(CandleColors colours, long start, int level) {
        int place = colours.place(start);
        byte side = (why(colours, place) == null) ? side(colours, place) : CandleColors.NONE;
        return (side == CandleColors.NONE) ? null : direction(sideAt(colours, place, level, side));
    }

    /**
     * How likely a block is to win where each candle's colour is drawn on its own.
     * @param colours of the pattern's timeframe
     * @param start of a block that gives a side, epoch milliseconds
     * @param green how likely a candle is green
     * @param red how likely a candle is red
     * @return 0 to 1
     */
    public double chance(CandleColors colours, long start, double green, double red) {
        int block = colours.place(start);
        byte side = side(colours, block);
        if (this.pattern.gales() == MartingaleSide.LAST_CANDLE) {
            return 1 - lostFollowing((side == CandleColors.GREEN) ? green : red,
                    (side == CandleColors.GREEN) ? red : green);
        }
        double lost = 1;
        for (int level = 0; level <= this.gales; level++) {
            lost *= 1 - ((sideAt(colours, block, level, side) == CandleColors.GREEN) ? green : red);
        }
        return 1 - lost;
    }

    /**
     * Who follows the last candle is on the other side after losing to it, and stays
     * after a doji.
     */
    private double lostFollowing(double ours, double other) {
        double doji = 1 - ours - other;
        double here = 1;
        double there = 0;
        for (int level = 0; level <= this.gales; level++) {
            double stays = here * doji + there * ours;
            there = here * other + there * doji;
            here = stays;
        }
        return here + there;
    }

    private static @Nullable Direction direction(byte side) {
        return switch (side) {
            case CandleColors.GREEN -> Direction.CALL;
            case CandleColors.RED -> Direction.PUT;
            default -> null;
        };
    }

    /** Why a block gives no side at all; null where it may. */
    private @Nullable PatternOutcome why(CandleColors colours, int block) {
        for (int i = 0; i < this.pattern.needed(); i++) {
            if (colours.at(block + i) == CandleColors.NONE) {
                return PatternOutcome.SKIPPED_GAP;
            }
        }
        for (int place : this.look) {
            if (colours.at(block + place) == CandleColors.DOJI) {
                return PatternOutcome.NULL;
            }
        }
        return null;
    }

    private byte side(CandleColors colours, int block) {
        int green = 0;
        for (int place : this.look) {
            if (colours.at(block + place) == CandleColors.GREEN) {
                green++;
            }
        }
        int red = this.look.length - green;
        boolean unanimous = green == 0 || red == 0;
        if (unanimous && this.look.length > 1 && !this.pattern.unanimous()) {
            return CandleColors.NONE;
        }
        return switch (this.pattern.choice()) {
            case MINORITY -> less(green, red);
            case MAJORITY -> less(red, green);
            case REPEAT -> unanimous ? less(red, green) : CandleColors.NONE;
            case OPPOSITE -> unanimous ? less(green, red) : CandleColors.NONE;
        };
    }

    /** Green where there is less of the first. */
    private static byte less(int first, int second) {
        return (first < second) ? CandleColors.GREEN : (second < first) ? CandleColors.RED : CandleColors.NONE;
    }

    /** A doji has no colour to follow, so the side before it stays. */
    private byte sideAt(CandleColors colours, int block, int level, byte side) {
        if (level == 0 || this.pattern.gales() == MartingaleSide.SAME) {
            return side;
        }
        int followed = (this.pattern.gales() == MartingaleSide.LAST_CANDLE)
                ? block + this.pattern.entryPlace() + level - 1 : block + this.look[0] + level;
        byte colour = colours.at(followed);
        return (colour == CandleColors.GREEN || colour == CandleColors.RED) ? colour : side;
    }

    private PatternOutcome awaited(CandleColors colours, int place, long now) {
        long end = colours.from() + (place + 1) * colours.timeframe().millis();
        return (now < end + TIMEOUT_MILLIS) ? PatternOutcome.PENDING : PatternOutcome.VOID;
    }

}
