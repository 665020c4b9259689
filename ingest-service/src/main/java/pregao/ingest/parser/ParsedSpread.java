package pregao.ingest.parser;

import org.jspecify.annotations.Nullable;

import pregao.contracts.candle.Spread;

/**
 * Spread of one candle. A number with a fraction is in price units. A whole number is in
 * points, which are converted if the number of decimals is known; else its unit is
 * unknown. A unit that was sent takes precedence.
 */
final class ParsedSpread {

    private static final long[] POWERS_OF_TEN = { 1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000,
            100_000_000 };

    private long units;

    private boolean present;

    private boolean fraction;

    private Spread.@Nullable Unit unit;

    /** Also true if the sent unit is {@code unknown}. */
    private boolean unitSent;

    private long digits;

    void clear() {
        this.present = false;
        this.unit = null;
        this.unitSent = false;
        this.digits = -1;
    }

    boolean hasField(String name) {
        return switch (name) {
            case "spread" -> this.present;
            case "spread_unit" -> this.unitSent;
            default -> this.digits >= 0;
        };
    }

    /**
     * Reads one of the three fields.
     * @param name the name of the field
     * @param value the value of the field
     * @return the error, or null
     */
    @Nullable Rejection readField(String name, JsonValueSlice value) {
        if (value.isNull()) {
            return null;
        }
        return switch (name) {
            case "spread" -> readSpread(value);
            case "spread_unit" -> readUnit(value);
            default -> readDigits(value);
        };
    }

    /**
     * Reads the spread itself.
     * @param value the value of the field
     * @return the error, or null
     */
    @Nullable Rejection readSpread(JsonValueSlice value) {
        if (value.isNull()) {
            return null;
        }
        long parsed = FixedPointParser.parseRoundedUnits(value);
        if (!FixedPointParser.isUnits(parsed)) {
            return Rejection.malformed("spread", value, "a number of at most 9e10");
        }
        this.present = true;
        this.units = parsed;
        // MetaTrader prints prices with the decimals of the symbol, and points without
        // decimals.
        this.fraction = FixedPointParser.countDecimals(value) > 1 || parsed % POWERS_OF_TEN[8] != 0;
        return null;
    }

    private @Nullable Rejection readUnit(JsonValueSlice value) {
        this.unitSent = true;
        if (value.contentEquals("price")) {
            this.unit = Spread.Unit.PRICE;
        }
        else if (value.contentEquals("points")) {
            this.unit = Spread.Unit.POINTS;
        }
        else if (!value.contentEquals("unknown")) {
            return Rejection.malformed("spread_unit", value, "\"price\", \"points\" or \"unknown\"");
        }
        return null;
    }

    private @Nullable Rejection readDigits(JsonValueSlice value) {
        this.digits = FixedPointParser.parseWhole(value);
        return (this.digits < 0) ? Rejection.malformed("digits", value, "how many decimals a price has, from 0") : null;
    }

    long digits() {
        return this.digits;
    }

    /**
     * Returns the spread, in price units if it can be converted.
     * @param instrumentDigits the number of decimals of the instrument's prices, or a
     * negative number if it is unknown
     * @return the spread, or null if there is none
     */
    @Nullable Spread spread(int instrumentDigits) {
        if (!this.present) {
            return null;
        }
        if (this.unit == Spread.Unit.PRICE || (this.unit == null && this.fraction)) {
            return Spread.ofPrice(this.units);
        }
        long decimals = (this.digits >= 0) ? this.digits : instrumentDigits;
        if (decimals >= 0 && decimals < POWERS_OF_TEN.length && this.units % POWERS_OF_TEN[(int) decimals] == 0) {
            return Spread.ofPrice(this.units / POWERS_OF_TEN[(int) decimals]);
        }
        return (this.unit == Spread.Unit.POINTS) ? Spread.ofPoints(this.units) : Spread.ofUnknown(this.units);
    }

}
