package pregao.ingest.ea;

import java.math.BigDecimal;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

import pregao.contracts.Price;
import pregao.contracts.Volume;
import pregao.contracts.candle.Spread;

/**
 * The prices, the volume and the spread of one sent candle.
 */
final class CandleNumbers {

    /** What a sender is told of a volume. */
    static final String VOLUME = "a number from 0 to 1e26 a minute";

    private static final int NONE = 0;

    private final PriceField open = new PriceField("open");

    private final PriceField high = new PriceField("high");

    private final PriceField low = new PriceField("low");

    private final PriceField close = new PriceField("close");

    private BigDecimal volume = BigDecimal.ZERO;

    private int volumeRank;

    private String volumeField = "volume";

    private final SentSpread spread = new SentSpread();

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

    boolean take(String name, JsonParser parser, ValueText value) {
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

    private void takeVolume(int rank, String name, JsonParser parser, ValueText value) {
        boolean readable = value.look(parser);
        if (value.isNull() || rank < this.volumeRank) {
            return;
        }
        BigDecimal read = readable ? DecimalText.volume(value) : null;
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
    void inherit(String name, ValueText value) {
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
        for (PriceField price : new PriceField[] { this.open, this.high, this.low, this.close }) {
            Rejection wrong = price.fault();
            if (wrong != null) {
                return wrong;
            }
        }
        if (this.fault != null) {
            return this.fault;
        }
        if (!Volume.fits(this.volume, minutes)) {
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
        return new Rejection(field, "%s %s does not enclose open and close".formatted(field, Price.toText(is)),
                "%s %s".formatted(side, Price.toText(bound)), Rejection.Kind.SHAPE);
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
