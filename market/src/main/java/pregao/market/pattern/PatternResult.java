package pregao.market.pattern;

import org.jspecify.annotations.Nullable;

/**
 * What a pattern made of one block.
 *
 * @param start of the block, epoch milliseconds
 * @param outcome what came of it
 * @param direction of the first entry, or null where there was none
 * @param level which entry won, the first is 0; where none has, how many are over
 */
public record PatternResult(long start, PatternOutcome outcome, @Nullable Direction direction, int level) {

}
