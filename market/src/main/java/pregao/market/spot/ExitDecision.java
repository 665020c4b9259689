package pregao.market.spot;

/**
 * Why a position ends, and at which price.
 *
 * @param reason why
 * @param price in the middle, units of 1e-8
 * @param ambiguous whether stop and take were both reached and nobody knows which first
 */
public record ExitDecision(Reason reason, long price, boolean ambiguous) {

    /**
     * Why.
     */
    public enum Reason {

        /** It lost as much as it may. */
        STOP,
        /** It gained enough. */
        TAKE,
        /** The strategy said the opposite. */
        OPPOSITE,
        /** There are no more prices. */
        END,
        /** Its owner asked for it. */
        BY_HAND

    }

}
