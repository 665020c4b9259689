package pregao.market.rule;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import pregao.market.indicator.Part;

/**
 * What rules can look at.
 */
public enum Value {

    /** The candle's first price. */
    OPEN(null),
    /** The candle's highest price. */
    HIGH(null),
    /** The candle's lowest price. */
    LOW(null),
    /** The candle's last price. */
    CLOSE(null),
    /** The relative strength index, 0 to 100. */
    RSI(Part.RSI),
    /** The MACD line. */
    MACD(Part.MACD),
    /** Its signal. */
    MACD_SIGNAL(Part.MACD),
    /** Their difference. */
    MACD_HIST(Part.MACD),
    /** The average true range. */
    ATR(Part.ATR),
    /** The upper band of Bollinger. */
    BB_UPPER(Part.BOLLINGER),
    /** Its middle. */
    BB_MIDDLE(Part.BOLLINGER),
    /** The lower band. */
    BB_LOWER(Part.BOLLINGER);

    private final @Nullable Part part;

    Value(@Nullable Part part) {
        this.part = part;
    }

    /**
     * The indicators that some values need.
     * @param values which
     * @return none for what is the candle's own
     */
    public static Set<Part> parts(Set<Value> values) {
        Set<Part> parts = EnumSet.noneOf(Part.class);
        for (Value value : values) {
            if (value.part != null) {
                parts.add(value.part);
            }
        }
        return parts;
    }

    /**
     * The name in rules, as in answers.
     * @return such as {@code bb_upper}
     */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The value of a name.
     * @param text such as {@code bb_upper}
     * @return empty where there is none
     */
    public static Optional<Value> named(String text) {
        for (Value value : values()) {
            if (value.text().equals(text)) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }

}
