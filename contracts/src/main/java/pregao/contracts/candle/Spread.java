package pregao.contracts.candle;

import org.jspecify.annotations.Nullable;

/**
 * Ask minus bid, in price units, or as the terminal's points where nobody said what a
 * point is worth, or in a unit that nobody said.
 *
 * @param units 1e-8 of the unit
 * @param unit what is counted
 */
public record Spread(long units, Unit unit) {

    /**
     * A spread whose unit is known.
     * @param units 1e-8 of the unit
     * @param inPoints whether it counts points
     */
    public Spread(long units, boolean inPoints) {
        this(units, inPoints ? Unit.POINTS : Unit.PRICE);
    }

    /**
     * A spread in price units.
     * @param units 1e-8 of the price
     * @return the spread
     */
    public static Spread ofPrice(long units) {
        return new Spread(units, Unit.PRICE);
    }

    /**
     * A spread in a terminal's points.
     * @param units 1e-8 of a point
     * @return the spread
     */
    public static Spread ofPoints(long units) {
        return new Spread(units, Unit.POINTS);
    }

    /**
     * A spread whose unit is unknown.
     * @param units 1e-8 of it
     * @return the spread
     */
    public static Spread ofUnknown(long units) {
        return new Spread(units, Unit.UNKNOWN);
    }

    /**
     * What a spread counts.
     */
    public enum Unit {

        /** The price. */
        PRICE("price"),
        /** The terminal's points, of unknown worth. */
        POINTS("points"),
        /** Points or something else: the sender gave a whole number and no unit. */
        UNKNOWN("unknown");

        private final String text;

        Unit(String text) {
            this.text = text;
        }

        /**
         * The word in the database and in JSON.
         * @return such as {@code price}
         */
        public String text() {
            return this.text;
        }

        /**
         * The unit of a word.
         * @param text as {@link #text()} gives it, or null
         * @return the unit; the price where there is no word
         * @throws IllegalArgumentException where the word is unknown
         */
        public static Unit of(@Nullable String text) {
            if (text == null) {
                return PRICE;
            }
            for (Unit unit : values()) {
                if (unit.text.equals(text)) {
                    return unit;
                }
            }
            throw new IllegalArgumentException("unknown unit of a spread: " + text);
        }

    }

}
