package pregao.ingest.ea;

import java.math.BigDecimal;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

import pregao.contracts.Price;
import pregao.contracts.candle.Spread;

/**
 * The prices, the volume and the spread of one sent candle.
 */
final class CandleNumbers {

    private static final int NONE = 0;

    private static final long[] POINT = { 1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000 };

    private final PriceField open = new PriceField("open");

    private final PriceField high = new PriceField("high");

    private final PriceField low = new PriceField("low");

    private final PriceField close = new PriceField("close");

    private BigDecimal volume = BigDecimal.ZERO;

    private int volumeRank;

    private long spread;

    private boolean hasSpread;

    private boolean spreadInPrice;

    private long digits;

    private @Nullable Rejection fault;

    void clear() {
        this.open.clear();
        this.high.clear();
        this.low.clear();
        this.close.clear();
        this.volume = BigDecimal.ZERO;
        this.volumeRank = NONE;
        this.hasSpread = false;
        this.spreadInPrice = false;
        this.digits = -1;
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
            case "spread" -> takeSpread(parser, value);
            case "spread_unit" -> takeSpreadUnit(parser, value);
            case "digits" -> takeDigits(parser, value);
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
            complain(Rejection.malformed(name, value, "a number from 0 with at most 8 decimals"));
            return;
        }
        this.volumeRank = rank;
        this.volume = read;
    }

    private void takeSpread(JsonParser parser, ValueText value) {
        boolean readable = value.look(parser);
        if (value.isNull()) {
            return;
        }
        long units = readable ? DecimalText.units(value) : DecimalText.NOT_A_NUMBER;
        if (!DecimalText.isUnits(units)) {
            complain(Rejection.malformed("spread", value, "a number with at most 8 decimals"));
            return;
        }
        this.hasSpread = true;
        this.spread = units;
    }

    private void takeSpreadUnit(JsonParser parser, ValueText value) {
        value.look(parser);
        this.spreadInPrice = value.is("price");
        if (!this.spreadInPrice && !value.isNull() && !value.is("points")) {
            complain(Rejection.malformed("spread_unit", value, "\"price\" or \"points\""));
        }
    }

    private void takeDigits(JsonParser parser, ValueText value) {
        boolean readable = value.look(parser);
        if (value.isNull()) {
            return;
        }
        this.digits = readable ? DecimalText.whole(value) : -1;
        if (this.digits < 0) {
            complain(Rejection.malformed("digits", value, "how many decimals a price has, from 0"));
        }
    }

    private void complain(Rejection rejection) {
        if (this.fault == null) {
            this.fault = rejection;
        }
    }

    /**
     * What is wrong with the numbers.
     * @return the first complaint, or null
     */
    @Nullable Rejection fault() {
        for (PriceField price : new PriceField[] { this.open, this.high, this.low, this.close }) {
            Rejection wrong = price.fault();
            if (wrong != null) {
                return wrong;
            }
        }
        if (this.fault != null) {
            return this.fault;
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
     * The spread, in price units where the worth of a point was said.
     * @return the spread, or null where there is none
     */
    @Nullable Spread spread() {
        if (!this.hasSpread) {
            return null;
        }
        if (this.spreadInPrice) {
            return Spread.ofPrice(this.spread);
        }
        boolean worthKnown = this.digits >= 0 && this.digits < POINT.length
                && this.spread % POINT[(int) this.digits] == 0;
        return worthKnown ? Spread.ofPrice(this.spread / POINT[(int) this.digits]) : Spread.ofPoints(this.spread);
    }

}
