package pregao.ingest.parser;

import java.math.BigDecimal;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

import pregao.contracts.Prices;
import pregao.contracts.Volumes;
import pregao.contracts.candle.Spread;

/**
 * The prices, the volume and the spread of one sent candle.
 */
final class CandleFieldParser {

    /** What a sender is told of a volume. */
    static final String VOLUME = "a number from 0 to 1e26 a minute";

    private static final int NONE = 0;

    private final PriceParser open = new PriceParser("open");

    private final PriceParser high = new PriceParser("high");

    private final PriceParser low = new PriceParser("low");

    private final PriceParser close = new PriceParser("close");

    private BigDecimal volume = BigDecimal.ZERO;

    private int volumeRank;

    private String volumeField = "volume";

    private final ParsedSpread spread = new ParsedSpread();

    private @Nullable Rejection fault;

    void clear() {
        this.open.clear();
        this.high.clear();
        this.low.clear();
        this.close.clear();
        this.volume = BigDecimal.ZERO;
        this.volumeRank = NONE;
        this.spread.clear();
        this.fault = null;
    }

    boolean take(String name, JsonParser parser, JsonValueSlice value) {
        switch (name) {
            case "open" -> this.open.take(parser, value);
            case "high" -> this.high.take(parser, value);
            case "low" -> this.low.take(parser, value);
            case "close" -> this.close.take(parser, value);
            case "volume" -> takeVolume(3, name, parser, value);
            case "tick_volume" -> takeVolume(2, name, parser, value);
            case "real_volume" -> takeVolume(1, name, parser, value);
            case "spread" -> {
                value.look(parser);
                complain(this.spread.takeSpread(value));
            }
            case "spread_unit", "digits" -> {
                value.look(parser);
                complain(this.spread.take(name, value));
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void takeVolume(int rank, String name, JsonParser parser, JsonValueSlice value) {
        boolean readable = value.look(parser);
        if (value.isNull() || rank < this.volumeRank) {
            return;
        }
        BigDecimal read = readable ? FixedPointParser.volume(value) : null;
        if (read == null) {
            complain(Rejection.malformed(name, value, VOLUME));
            return;
        }
        this.volumeRank = rank;
        this.volumeField = name;
        this.volume = read;
    }

    /**
     * Takes a field of the object around the array where the item has none of its own.
     * @param name of the field
     * @param value its value
     */
    void inherit(String name, JsonValueSlice value) {
        if (!this.spread.has(name)) {
            complain(this.spread.take(name, value));
        }
    }

    private void complain(@Nullable Rejection rejection) {
        if (this.fault == null) {
            this.fault = rejection;
        }
    }

    /**
     * What is wrong with the numbers.
     * @param minutes how many the candle covers
     * @return the first complaint, or null
     */
    @Nullable Rejection fault(long minutes) {
        for (PriceParser price : new PriceParser[] { this.open, this.high, this.low, this.close }) {
            Rejection wrong = price.fault();
            if (wrong != null) {
                return wrong;
            }
        }
        if (this.fault != null) {
            return this.fault;
        }
        if (!Volumes.fits(this.volume, minutes)) {
            return Rejection.outOfRange(this.volumeField, this.volume.toPlainString(), VOLUME);
        }
        return enclosure();
    }

    private @Nullable Rejection enclosure() {
        long top = Math.max(open(), close());
        if (high() < top || high() < low()) {
            return shape("high", high(), "at least", Math.max(top, low()));
        }
        long bottom = Math.min(open(), close());
        if (low() > bottom) {
            return shape("low", low(), "at most", bottom);
        }
        return null;
    }

    private static Rejection shape(String field, long is, String side, long bound) {
        return new Rejection(field, "%s %s does not enclose open and close".formatted(field, Prices.toText(is)),
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
     * The spread, in price units where that can be told.
     * @param known decimals of the instrument's prices, or a negative number
     * @return the spread, or null where there is none
     */
    @Nullable Spread spread(int known) {
        return this.spread.spread(known);
    }

    /**
     * How many decimals the sender says a price has.
     * @return the number, or a negative number
     */
    long digits() {
        return this.spread.digits();
    }

}
