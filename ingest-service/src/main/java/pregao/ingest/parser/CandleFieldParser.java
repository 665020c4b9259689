package pregao.ingest.parser;

import java.math.BigDecimal;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

import pregao.contracts.Prices;
import pregao.contracts.Volumes;
import pregao.contracts.candle.Spread;

/**
 * Parser for the prices, the volume and the spread of one candle.
 */
final class CandleFieldParser {

    /** Expected value of a volume, for error messages. */
    static final String EXPECTED_VOLUME = "a number from 0 to 1e26 a minute";

    private static final int NO_VOLUME = 0;

    private final PriceParser open = new PriceParser("open");

    private final PriceParser high = new PriceParser("high");

    private final PriceParser low = new PriceParser("low");

    private final PriceParser close = new PriceParser("close");

    private BigDecimal volume = BigDecimal.ZERO;

    private int volumeRank;

    private String volumeField = "volume";

    private final ParsedSpread spread = new ParsedSpread();

    private @Nullable Rejection error;

    void clear() {
        this.open.clear();
        this.high.clear();
        this.low.clear();
        this.close.clear();
        this.volume = BigDecimal.ZERO;
        this.volumeRank = NO_VOLUME;
        this.spread.clear();
        this.error = null;
    }

    boolean readField(String name, JsonParser parser, JsonValueSlice value) {
        switch (name) {
            case "open" -> this.open.read(parser, value);
            case "high" -> this.high.read(parser, value);
            case "low" -> this.low.read(parser, value);
            case "close" -> this.close.read(parser, value);
            case "volume" -> readVolume(3, name, parser, value);
            case "tick_volume" -> readVolume(2, name, parser, value);
            case "real_volume" -> readVolume(1, name, parser, value);
            case "spread" -> {
                value.read(parser);
                recordError(this.spread.readSpread(value));
            }
            case "spread_unit", "digits" -> {
                value.read(parser);
                recordError(this.spread.readField(name, value));
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void readVolume(int rank, String name, JsonParser parser, JsonValueSlice value) {
        boolean readable = value.read(parser);
        if (value.isNull() || rank < this.volumeRank) {
            return;
        }
        BigDecimal parsed = readable ? FixedPointParser.parseVolume(value) : null;
        if (parsed == null) {
            recordError(Rejection.malformed(name, value, EXPECTED_VOLUME));
            return;
        }
        this.volumeRank = rank;
        this.volumeField = name;
        this.volume = parsed;
    }

    /**
     * Applies a field of the enclosing object if the item does not have it.
     * @param name the name of the field
     * @param value the value of the field
     */
    void inherit(String name, JsonValueSlice value) {
        if (!this.spread.hasField(name)) {
            recordError(this.spread.readField(name, value));
        }
    }

    private void recordError(@Nullable Rejection rejection) {
        if (this.error == null) {
            this.error = rejection;
        }
    }

    /**
     * Finds the first error of the prices, the volume and the spread.
     * @param minutes the number of minutes that the candle covers
     * @return the first error, or null
     */
    @Nullable Rejection findError(long minutes) {
        for (PriceParser priceParser : new PriceParser[] { this.open, this.high, this.low, this.close }) {
            Rejection priceError = priceParser.findError();
            if (priceError != null) {
                return priceError;
            }
        }
        if (this.error != null) {
            return this.error;
        }
        if (!Volumes.fits(this.volume, minutes)) {
            return Rejection.outOfRange(this.volumeField, this.volume.toPlainString(), EXPECTED_VOLUME);
        }
        return checkEnclosure();
    }

    private @Nullable Rejection checkEnclosure() {
        long bodyHigh = Math.max(open(), close());
        if (high() < bodyHigh || high() < low()) {
            return shapeError("high", high(), "at least", Math.max(bodyHigh, low()));
        }
        long bodyLow = Math.min(open(), close());
        if (low() > bodyLow) {
            return shapeError("low", low(), "at most", bodyLow);
        }
        return null;
    }

    private static Rejection shapeError(String field, long price, String side, long bound) {
        return new Rejection(field, "%s %s does not enclose open and close".formatted(field, Prices.toText(price)),
                "%s %s".formatted(side, Prices.toText(bound)), Rejection.Kind.SHAPE);
    }

    long open() {
        return this.open.units();
    }

    long high() {
        return this.high.units();
    }

    long low() {
        return this.low.units();
    }

    long close() {
        return this.close.units();
    }

    BigDecimal volume() {
        return this.volume;
    }

    /**
     * Returns the spread, in price units if it can be converted.
     * @param instrumentDigits the number of decimals of the instrument's prices, or a
     * negative number if it is unknown
     * @return the spread, or null if there is none
     */
    @Nullable Spread spread(int instrumentDigits) {
        return this.spread.spread(instrumentDigits);
    }

    /**
     * Returns the number of decimals of a price as sent.
     * @return the number, or a negative number if it was not sent
     */
    long digits() {
        return this.spread.digits();
    }

}
