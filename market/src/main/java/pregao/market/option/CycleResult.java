package pregao.market.option;

import pregao.market.pattern.Direction;

/**
 * A cycle that is over.
 *
 * @param block whose sides were read, its start in epoch milliseconds
 * @param direction of the first entry
 * @param cycle what came of it
 * @param reason why it is over
 */
public record CycleResult(long block, Direction direction, MartingaleCycle cycle, Reason reason) {

    /**
     * Why.
     */
    public enum Reason {

        /** It won, or no entry is left, or a stake came back. */
        SETTLED,
        /** An entry was not bought, or nobody knows how it ended. */
        VOID,
        /** The next entry's time was over before it could be bought. */
        MISSED

    }

}
