package pregao.market.spot;

import org.jspecify.annotations.Nullable;

/**
 * Where a trader's positions are opened and closed: at once by calculation, or by orders
 * whose outcome is told later.
 */
public interface OrderExecutor {

    /**
     * Opens a position.
     * @param isLong whether it gains as the price rises
     * @param time epoch milliseconds
     * @param price in the middle, units of 1e-8
     * @return the position, or that there is none, or none yet
     */
    Opening open(boolean isLong, long time, long price);

    /**
     * Closes a position.
     * @param position which
     * @param time epoch milliseconds
     * @param exit why and at which price
     * @return false where its end is told later
     */
    boolean close(Position position, long time, ExitDecision exit);

    /**
     * What came of opening.
     *
     * @param position what is held now, or null
     * @param awaited whether it is told later
     */
    record Opening(@Nullable Position position, boolean awaited) {

        /** Nothing is held, and nothing will be. */
        public static final Opening NONE = new Opening(null, false);

        /** It is told later. */
        public static final Opening AWAITED = new Opening(null, true);

    }

}
