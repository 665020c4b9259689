package pregao.market.catalog;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import pregao.market.pattern.Direction;
import pregao.market.pattern.PatternOutcome;
import pregao.market.pattern.PatternResult;

/**
 * How many blocks came out how.
 *
 * @param won by the level of the entry that won, the first is the direct one
 * @param losses cycles of which no entry won
 * @param calls cycles that are over and began on green
 * @param pending not over
 * @param nulls with a doji in what was looked at
 * @param gaps with a missing candle in the block
 * @param voids with a missing candle in the entries
 * @param noSide that gave no side
 */
public record OutcomeCounts(List<Integer> won, int losses, int calls, int pending, int nulls, int gaps, int voids,
        int noSide) {

    public OutcomeCounts {
        won = List.copyOf(won);
    }

    static OutcomeCounts of(List<PatternResult> results, int gales) {
        List<Integer> won = new ArrayList<>(Collections.nCopies(gales + 1, 0));
        Map<PatternOutcome, Integer> others = new EnumMap<>(PatternOutcome.class);
        int calls = 0;
        for (PatternResult result : results) {
            if (result.outcome() == PatternOutcome.WIN) {
                won.set(result.level(), won.get(result.level()) + 1);
            }
            else {
                others.merge(result.outcome(), 1, Integer::sum);
            }
            if (isOver(result) && result.direction() == Direction.CALL) {
                calls++;
            }
        }
        return new OutcomeCounts(won, others.getOrDefault(PatternOutcome.LOSS, 0), calls,
                others.getOrDefault(PatternOutcome.PENDING, 0), others.getOrDefault(PatternOutcome.NULL, 0),
                others.getOrDefault(PatternOutcome.SKIPPED_GAP, 0), others.getOrDefault(PatternOutcome.VOID, 0),
                others.getOrDefault(PatternOutcome.NO_SIDE, 0));
    }

    static boolean isOver(PatternResult result) {
        return result.outcome() == PatternOutcome.WIN || result.outcome() == PatternOutcome.LOSS;
    }

    /**
     * The cycles that were won, at any level.
     * @return how many
     */
    public int wins() {
        return winsUpTo(this.won.size() - 1);
    }

    /**
     * The cycles won at a level or before it.
     * @param level 0 for the direct ones
     * @return how many
     */
    public int winsUpTo(int level) {
        int wins = 0;
        for (int i = 0; i <= level; i++) {
            wins += this.won.get(i);
        }
        return wins;
    }

    /**
     * The cycles won by their first entry.
     * @return how many
     */
    public int direct() {
        return this.won.getFirst();
    }

    /**
     * The cycles that are over: the sample.
     * @return wins and losses
     */
    public int analyzed() {
        return wins() + this.losses;
    }

    /**
     * All blocks that were looked at.
     * @return however they came out
     */
    public int blocks() {
        return analyzed() + this.pending + this.nulls + this.gaps + this.voids + this.noSide;
    }

    /**
     * Wins of what was analysed.
     * @return 0 to 1, NaN where nothing was
     */
    public double rate() {
        return (double) wins() / analyzed();
    }

}
