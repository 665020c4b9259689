package pregao.ingest.parser;

import org.jspecify.annotations.Nullable;

import pregao.contracts.candle.Spread;

/**
 * The spread of one sent candle. A number with a fraction is in price units. A whole
 * number is in points, worth what the digits say, and in an unknown unit where nobody
 * says the digits. A unit that is sent wins.
 */
final class ParsedSpread {

    private static final long[] POINT = { 1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000 };

    private long units;

    private boolean present;

    private boolean fraction;

    private Spread.@Nullable Unit unit;

    /** Also where the unit is unknown. */
    private boolean unitSent;

    private long digits;

    void clear() {
        this.present = false;
        this.unit = null;
        this.unitSent = false;
        this.digits = -1;
    }

    boolean has(String name) {
        return switch (name) {
            case "spread" -> this.present;
            case "spread_unit" -> this.unitSent;
            default -> this.digits >= 0;
        };
    }

    /**
     * Takes one of the three fields.
     * @param name the field's name
     * @param value its value
     * @return what is wrong with it, or null
     */
    @Nullable Rejection take(String name, JsonValueSlice value) {
        if (value.isNull()) {
            return null;
        }
        return switch (name) {
            case "spread" -> takeSpread(value);
            case "spread_unit" -> takeUnit(value);
            default -> takeDigits(value);
        };
    }

    /**
     * Takes the spread itself.
     * @param value its value
     * @return what is wrong with it, or null
     */
    @Nullable Rejection takeSpread(JsonValueSlice value) {
        if (value.isNull()) {
            return null;
        }
        long read = FixedPointParser.roundedUnits(value);
        if (!FixedPointParser.isUnits(read)) {
            return Rejection.malformed("spread", value, "a number of at most 9e10");
        }
        this.present = true;
        this.units = read;
        // A terminal prints a price with the symbol's digits, and points without any.
        this.fraction = FixedPointParser.decimals(value) > 1 || read % POINT[8] != 0;
        return null;
    }

    private @Nullable Rejection takeUnit(JsonValueSlice value) {
        this.unitSent = true;
        if (value.is("price")) {
            this.unit = Spread.Unit.PRICE;
        }
        else if (value.is("points")) {
            this.unit = Spread.Unit.POINTS;
        }
        else if (!value.is("unknown")) {
            return Rejection.malformed("spread_unit", value, "\"price\", \"points\" or \"unknown\"");
        }
        return null;
    }

    private @Nullable Rejection takeDigits(JsonValueSlice value) {
        this.digits = FixedPointParser.whole(value);
        return (this.digits < 0) ? Rejection.malformed("digits", value, "how many decimals a price has, from 0") : null;
    }

    long digits() {
        return this.digits;
    }

    /**
     * The spread, in price units where that can be told.
     * @param known decimals of the instrument's prices, or a negative number
     * @return the spread, or null where there is none
     */
    @Nullable Spread spread(int known) {
        if (!this.present) {
            return null;
        }
        if (this.unit == Spread.Unit.PRICE || (this.unit == null && this.fraction)) {
            return Spread.ofPrice(this.units);
        }
        long decimals = (this.digits >= 0) ? this.digits : known;
        if (decimals >= 0 && decimals < POINT.length && this.units % POINT[(int) decimals] == 0) {
            return Spread.ofPrice(this.units / POINT[(int) decimals]);
        }
        return (this.unit == Spread.Unit.POINTS) ? Spread.ofPoints(this.units) : Spread.ofUnknown(this.units);
    }

}
