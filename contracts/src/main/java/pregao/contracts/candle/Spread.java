package pregao.contracts.candle;

/**
 * Ask minus bid, in price units, or as the terminal's points where nobody said what a
 * point is worth.
 *
 * @param units 1e-8 of the price, or 1e-8 of a point
 * @param inPoints whether it counts points
 */
public record Spread(long units, boolean inPoints) {

    /**
     * A spread in price units.
     * @param units 1e-8 of the price
     * @return the spread
     */
    public static Spread ofPrice(long units) {
        return new Spread(units, false);
    }

    /**
     * A spread in a terminal's points.
     * @param units 1e-8 of a point
     * @return the spread
     */
    public static Spread ofPoints(long units) {
        return new Spread(units, true);
    }

}
