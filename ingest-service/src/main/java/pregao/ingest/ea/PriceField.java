package pregao.ingest.ea;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/**
 * One price of an item that must be there.
 */
final class PriceField {

    /** What a sender is told. */
    static final String EXPECTED = "a number above 0 and at most 9e10, with a decimal point and at most 8 decimals";

    private final String name;

    private long units;

    private boolean present;

    private @Nullable Rejection fault;

    PriceField(String name) {
        this.name = name;
    }

    void clear() {
        this.present = false;
        this.fault = null;
    }

    void take(JsonParser parser, ValueText value) {
        boolean readable = value.look(parser);
        if (value.isNull()) {
            return;
        }
        this.present = true;
        this.units = readable ? DecimalText.units(value) : DecimalText.NOT_A_NUMBER;
        this.fault = (this.units > 0) ? null : complaint(value);
    }

    private Rejection complaint(ValueText value) {
        boolean number = this.units != DecimalText.NOT_A_NUMBER;
        return number ? Rejection.outOfRange(this.name, value.shown(), EXPECTED)
                : Rejection.malformed(this.name, value, EXPECTED);
    }

    @Nullable Rejection fault() {
        return this.present ? this.fault : Rejection.missing(this.name, EXPECTED);
    }

    long units() {
        return this.units;
    }

}
