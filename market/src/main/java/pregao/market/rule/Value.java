package pregao.market.rule;

import java.util.Locale;
import java.util.Optional;

/**
 * What rules can look at.
 */
public enum Value {

    /** The candle's first price. */
    OPEN,
    /** The candle's highest price. */
    HIGH,
    /** The candle's lowest price. */
    LOW,
    /** The candle's last price. */
    CLOSE,
    /** The relative strength index, 0 to 100. */
    RSI,
    /** The MACD line. */
    MACD,
    /** Its signal. */
    MACD_SIGNAL,
    /** Their difference. */
    MACD_HIST,
    /** The average true range. */
    ATR,
    /** The upper band of Bollinger. */
    BB_UPPER,
    /** Its middle. */
    BB_MIDDLE,
    /** The lower band. */
    BB_LOWER;

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
