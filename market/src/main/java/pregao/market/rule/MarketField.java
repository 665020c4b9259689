package pregao.market.rule;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import pregao.market.indicator.IndicatorType;

/**
 * What rules can look at.
 */
public enum MarketField {

    /** The candle's first price. */
    OPEN(null),
    /** The candle's highest price. */
    HIGH(null),
    /** The candle's lowest price. */
    LOW(null),
    /** The candle's last price. */
    CLOSE(null),
    /** The relative strength index, 0 to 100. */
    RSI(IndicatorType.RSI),
    /** The MACD line. */
    MACD(IndicatorType.MACD),
    /** Its signal. */
    MACD_SIGNAL(IndicatorType.MACD),
    /** Their difference. */
    MACD_HIST(IndicatorType.MACD),
    /** The average true range. */
    ATR(IndicatorType.ATR),
    /** The upper band of Bollinger. */
    BB_UPPER(IndicatorType.BOLLINGER),
    /** Its middle. */
    BB_MIDDLE(IndicatorType.BOLLINGER),
    /** The lower band. */
    BB_LOWER(IndicatorType.BOLLINGER);

    private final @Nullable IndicatorType part;

    MarketField(@Nullable IndicatorType part) {
        this.part = part;
    }

    /**
     * The indicators that some values need.
     * @param values which
     * @return none for what is the candle's own
     */
    public static Set<IndicatorType> parts(Set<MarketField> values) {
        Set<IndicatorType> parts = EnumSet.noneOf(IndicatorType.class);
        for (MarketField value : values) {
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
    public static Optional<MarketField> named(String text) {
        for (MarketField value : values()) {
            if (value.text().equals(text)) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }

}
