package pregao.strategy.backtest;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import pregao.market.option.OptionBacktestConfig;
import pregao.market.option.OptionStrategyConfig;
import pregao.market.option.TiePolicy;
import pregao.market.pattern.Pattern;
import pregao.market.pattern.PatternPresets;
import pregao.strategy.json.DecimalRange;
import pregao.strategy.json.ObjectReader;

/**
 * Parses the settings of option backtests and option bots.
 */
public final class OptionsRequestParser {

    private static final Map<String, Pattern> PATTERNS = new LinkedHashMap<>();

    private static final Map<String, TiePolicy> TIE_POLICIES = new LinkedHashMap<>();

    private static final int MAX_LEVELS = 6;

    static {
        PatternPresets.ALL.forEach((pattern) -> PATTERNS.put(pattern.name(), pattern));
        for (TiePolicy tiePolicy : TiePolicy.values()) {
            TIE_POLICIES.put(text(tiePolicy), tiePolicy);
        }
    }

    private OptionsRequestParser() {
    }

    static String text(TiePolicy tiePolicy) {
        return tiePolicy.name().toLowerCase(Locale.ROOT);
    }

    static BacktestRequest.@Nullable Method read(ObjectReader document) {
        int errorsBefore = document.errors().size();
        BigDecimal capital = document.decimal("capital", DecimalRange.greaterThanZero("1000000000", 8), null);
        ObjectReader options = document.child("options");
        OptionStrategyConfig config = readConfig(options);
        BigDecimal payout = readPayout(options);
        options.rejectUnknownFields();
        if (document.errors().size() > errorsBefore || config == null) {
            return null;
        }
        try {
            return new BacktestRequest.Options(new OptionBacktestConfig(config, payout, capital));
        }
        catch (IllegalArgumentException ex) {
            document.addError("capital", "at least what one cycle can lose");
            return null;
        }
    }

    /**
     * Reads the configuration of an option strategy.
     * @param options the content of the field {@code options}
     * @return the configuration, or null if there are errors
     */
    public static @Nullable OptionStrategyConfig readConfig(ObjectReader options) {
        int errorsBefore = options.errors().size();
        Pattern pattern = options.oneOf("pattern", PATTERNS, null);
        int decimals = (int) options.integer("decimals", 0, 8, 2L);
        BigDecimal stake = options.decimal("stake", DecimalRange.greaterThanZero("1000000", decimals), null);
        List<BigDecimal> levels = readLevels(options, stake, decimals);
        TiePolicy tiePolicy = options.oneOf("equals", TIE_POLICIES, TiePolicy.SAME_STAKE);
        return (options.errors().size() > errorsBefore) ? null
                : new OptionStrategyConfig(pattern, stake, levels, decimals, tiePolicy);
    }

    /**
     * Reads the payout: the profit of a won option as a fraction of its stake.
     * @param options the content of the field {@code options}
     * @return the payout; a placeholder if the field is invalid
     */
    public static BigDecimal readPayout(ObjectReader options) {
        return options.decimal("payout", DecimalRange.greaterThanZero("10", 4), null);
    }

    private static List<BigDecimal> readLevels(ObjectReader options, BigDecimal stake, int decimals) {
        List<BigDecimal> levels = new ArrayList<>();
        List<JsonNode> items = options.array("levels", MAX_LEVELS);
        for (JsonNode item : items) {
            BigDecimal level = ObjectReader.decimal(item);
            boolean isValid = level != null && level.compareTo(BigDecimal.valueOf(1000)) <= 0
                    && stake.multiply(level).setScale(decimals, RoundingMode.DOWN).signum() > 0;
            if (level == null || !isValid) {
                options.addError("levels", "numbers up to 1000 that make stakes above 0");
                return List.of();
            }
            levels.add(level);
        }
        if (levels.isEmpty() || levels.getFirst().compareTo(BigDecimal.ONE) != 0) {
            options.addError("levels", "1 to %d numbers, the first is 1".formatted(MAX_LEVELS));
        }
        return levels;
    }

}
