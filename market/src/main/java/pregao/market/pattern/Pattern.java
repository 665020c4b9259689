package pregao.market.pattern;

import java.util.List;
import java.util.Objects;

import pregao.contracts.Timeframe;

/**
 * A pattern of colours. Blocks are as long as {@code block} candles and start on UTC
 * multiples of that.
 *
 * @param name what traders call it
 * @param timeframe of the candles, M1 or M5
 * @param block how many candles a block has
 * @param look the places in the block that are looked at, ascending, the first is 0
 * @param choice how a side is chosen from them
 * @param entry the place of the first entry
 * @param sameBlock whether that is in the block that was looked at, not in the next one
 * @param gales on which side the entries after a lost one are
 * @param unanimous whether a block in which all colours are equal is bet on
 */
public record Pattern(String name, Timeframe timeframe, int block, List<Integer> look, SidePolicy choice, int entry,
        boolean sameBlock, MartingaleSide gales, boolean unanimous) {

    private static final int MAX_LENGTH = 60;

    private static final int LONGEST_NAME = 60;

    public Pattern {
        look = List.copyOf(look);
        check(!name.isBlank() && name.length() <= LONGEST_NAME, "name", "1 to 60 characters", name);
        check(timeframe == Timeframe.M1 || timeframe == Timeframe.M5, "timeframe", "M1 or M5", timeframe);
        check(block >= 2 && block <= MAX_LENGTH && Timeframe.D1.minutes() % (block * timeframe.minutes()) == 0, "block",
                "2 to 60 candles that a day is a multiple of", block);
        check(!look.isEmpty() && ascend(look) && look.getFirst() >= 0 && look.getLast() < block, "look",
                "ascending places of the block", look);
        check(entry >= 0 && entry < block, "entry", "a place of a block", entry);
        check(!sameBlock || entry > look.getLast(), "entry", "behind what is looked at", entry);
        check(gales != MartingaleSide.MATCHING_CANDLE || look.size() == 1, "look",
                "one place where each entry has its own", look);
        Objects.requireNonNull(choice);
    }

    private static boolean ascend(List<Integer> places) {
        for (int i = 1; i < places.size(); i++) {
            if (places.get(i) <= places.get(i - 1)) {
                return false;
            }
        }
        return true;
    }

    private static void check(boolean right, String field, String expected, Object found) {
        if (!right) {
            throw new IllegalArgumentException("%s must be %s, not %s".formatted(field, expected, found));
        }
    }

    /**
     * How long a block is.
     * @return milliseconds
     */
    public long blockMillis() {
        return this.block * this.timeframe.millis();
    }

    /**
     * How many candles of a block must be there before its side is known.
     * @return all of them, or those before the entry
     */
    public int needed() {
        return this.sameBlock ? this.entry : this.block;
    }

    /**
     * How far the first entry is from the start of the block.
     * @return candles
     */
    public int entryPlace() {
        return this.sameBlock ? this.entry : this.block + this.entry;
    }

    /**
     * The last candle's end, so far from the start of the block.
     * @param gales how many entries may follow the first
     * @return milliseconds
     */
    public long reach(int gales) {
        return (entryPlace() + 1L + gales) * this.timeframe.millis();
    }

    /**
     * Whether the entries of one block may run into those of the next, so that results
     * depend on each other.
     * @param gales how many entries may follow the first
     * @return true where chance levels are not exact
     */
    public boolean overlaps(int gales) {
        return gales + 1 > this.block;
    }

}
