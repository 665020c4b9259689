package pregao.ingest.parser;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/**
 * Parser for one required price of an item.
 */
final class PriceParser {

    /** Expected value, for error messages. */
    static final String EXPECTED = "a number above 0 and at most 9e10, with a decimal point and at most 8 decimals";

    private static final String ZERO_REASON = "no quote yet, or an EA that writes a price of 1,000,000 or more as zero "
            + "(DataCollectorPRO does)";

    private final String name;

    private long units;

    private boolean present;

    private @Nullable Rejection error;

    PriceParser(String name) {
        this.name = name;
    }

    void clear() {
        this.present = false;
        this.error = null;
    }

    void read(JsonParser parser, JsonValueSlice value) {
        boolean readable = value.read(parser);
        if (value.isNull()) {
            return;
        }
        this.present = true;
        this.units = readable ? FixedPointParser.parseUnits(value) : FixedPointParser.NOT_A_NUMBER;
        this.error = (this.units > 0) ? null : toRejection(value);
    }

    private Rejection toRejection(JsonValueSlice value) {
        if (this.units == FixedPointParser.NOT_A_NUMBER) {
            return Rejection.malformed(this.name, value, EXPECTED);
        }
        if (this.units == 0) {
            return new Rejection(this.name, "%s is %s; %s".formatted(this.name, value.describe(), ZERO_REASON),
                    EXPECTED, Rejection.Kind.RANGE);
        }
        return Rejection.outOfRange(this.name, value.describe(), EXPECTED);
    }

    /**
     * Returns whether the price is unknown.
     * @return true if it is missing or zero
     */
    boolean isUnknown() {
        return !this.present || this.units == 0;
    }

    /**
     * Returns the price, or 0 if it is unknown.
     * @return units of 1e-8, or 0
     */
    long unitsOrUnknown() {
        return this.present ? this.units : 0;
    }

    @Nullable Rejection findError() {
        return this.present ? this.error : Rejection.missing(this.name, EXPECTED);
    }

    long units() {
        return this.units;
    }

}
