package pregao.strategy.backtest;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import pregao.contracts.Instrument;
import pregao.contracts.indicator.IndicatorConvention;
import pregao.market.backtest.BacktestConfig;
import pregao.market.protection.Protection;
import pregao.market.rule.Strategy;
import pregao.market.spot.TransactionCosts;
import pregao.strategy.json.DecimalRange;
import pregao.strategy.json.DocumentError;
import pregao.strategy.json.ObjectReader;
import pregao.strategy.rule.StrategyJsonMapper;

/**
 * Parses backtest requests and collects all errors.
 */
final class BacktestRequestParser {

    private static final DecimalRange MONEY_RANGE = DecimalRange.greaterThanZero("1000000000", 8);

    private static final Map<String, IndicatorConvention> CONVENTIONS = new LinkedHashMap<>();

    static {
        for (IndicatorConvention convention : IndicatorConvention.values()) {
            CONVENTIONS.put(convention.text(), convention);
        }
    }

    private final BacktestProperties properties;

    private final String defaultFeed;

    private final Function<String, @Nullable Strategy> strategyFinder;

    private final List<DocumentError> errors = new ArrayList<>();

    /**
     * Creates a parser for one request.
     * @param properties the limits of backtests
     * @param defaultFeed the feed of a request without a feed; empty for none
     * @param strategyFinder finds a strategy by the name of a preset or by the id of a
     * stored strategy; returns null if there is none
     */
    BacktestRequestParser(BacktestProperties properties, String defaultFeed,
            Function<String, @Nullable Strategy> strategyFinder) {
        this.properties = properties;
        this.defaultFeed = defaultFeed;
        this.strategyFinder = strategyFinder;
    }

    List<DocumentError> errors() {
        return List.copyOf(this.errors);
    }

    /** Parses a request. Returns null if there are errors. */
    @Nullable BacktestRequest read(JsonNode body) {
        ObjectReader document = ObjectReader.of(body, "", this.errors);
        Function<ObjectReader, BacktestRequest.@Nullable Method> methodParser = document.oneOf("kind", methodParsers(),
                null);
        Instrument instrument = parseInstrument(document);
        Instant from = document.instant("from");
        Instant to = document.instant("to");
        boolean isValidRange = from.isBefore(to)
                && !to.atOffset(ZoneOffset.UTC).minusYears(this.properties.maxYears()).toInstant().isAfter(from);
        if (!isValidRange) {
            document.addError("to", "after from, by at most %d years".formatted(this.properties.maxYears()));
        }
        BacktestRequest.Method method = methodParser.apply(document);
        document.rejectUnknownFields();
        if (!this.errors.isEmpty()) {
            return null;
        }
        BacktestRequest request = new BacktestRequest(Objects.requireNonNull(instrument), from, to,
                Objects.requireNonNull(method));
        checkLimits(document, request);
        return this.errors.isEmpty() ? request : null;
    }

    private Map<String, Function<ObjectReader, BacktestRequest.@Nullable Method>> methodParsers() {
        Map<String, Function<ObjectReader, BacktestRequest.@Nullable Method>> parsers = new LinkedHashMap<>();
        parsers.put("single", this::parseSingle);
        parsers.put("sweep", this::parseSweep);
        parsers.put("walk_forward", this::parseWalkForward);
        parsers.put("options", OptionsRequestParser::read);
        return parsers;
    }

    private void checkLimits(ObjectReader document, BacktestRequest request) {
        if (request.method() instanceof BacktestRequest.WalkForward walkForward) {
            try {
                if (request.folds(walkForward).isEmpty()) {
                    document.child("walk_forward").addError("learn", "shorter than the time from from to to");
                    return;
                }
            }
            catch (IllegalArgumentException ex) {
                document.child("walk_forward").addError("try", "so long that there are at most 1000 folds");
                return;
            }
        }
        if (request.computeWork() > this.properties.maxWork()) {
            document.addError("to", "so early, or points so few, that all of them together go through at most "
                    + "%,d minutes; these are %,d".formatted(this.properties.maxWork(), request.computeWork()));
        }
    }

    private @Nullable Instrument parseInstrument(ObjectReader document) {
        String symbolText = document.text("symbol", Instrument.MAX_SYMBOL_LENGTH * 2);
        String symbol = Instrument.symbolOf(symbolText).orElse(symbolText);
        String feed = (document.get("feed") == null && !this.defaultFeed.isEmpty()) ? this.defaultFeed
                : document.text("feed", 32);
        if (!symbol.isEmpty() && !Instrument.isSymbol(symbol)) {
            document.addError("symbol", Instrument.SYMBOL_RULE);
        }
        else if (!feed.isEmpty() && !feed.matches(Instrument.FEED_PATTERN)) {
            document.addError("feed", Instrument.FEED_PATTERN);
        }
        else if (!symbol.isEmpty() && !feed.isEmpty()) {
            return new Instrument(feed, symbol);
        }
        return null;
    }

    private BacktestRequest.@Nullable Method parseSingle(ObjectReader document) {
        BacktestConfig config = parseConfig(document, parseStrategy(document));
        return (config != null) ? new BacktestRequest.Single(config) : null;
    }

    private BacktestRequest.@Nullable Method parseSweep(ObjectReader document) {
        Strategy strategy = parseStrategy(document);
        BacktestConfig config = parseConfig(document, strategy);
        BacktestRequest.ParameterSearch search = ParameterSearchParser.read(document.child("sweep"), strategy,
                this.properties.maxPoints());
        return (config != null && search != null) ? new BacktestRequest.Sweep(config, search) : null;
    }

    private BacktestRequest.@Nullable Method parseWalkForward(ObjectReader document) {
        Strategy strategy = parseStrategy(document);
        BacktestConfig config = parseConfig(document, strategy);
        BacktestRequest.ParameterSearch search = ParameterSearchParser.read(document.child("sweep"), strategy,
                this.properties.maxPoints());
        ObjectReader walkForward = document.child("walk_forward");
        Duration maxDuration = Duration.ofDays(366L * this.properties.maxYears());
        Duration learn = walkForward.duration("learn", maxDuration);
        Duration attempt = walkForward.duration("try", maxDuration);
        walkForward.rejectUnknownFields();
        return (config != null && search != null) ? new BacktestRequest.WalkForward(config, search, learn, attempt)
                : null;
    }

    private @Nullable BacktestConfig parseConfig(ObjectReader document, @Nullable Strategy strategy) {
        IndicatorConvention convention = document.oneOf("convention", CONVENTIONS, IndicatorConvention.PLAIN);
        BigDecimal capital = document.decimal("capital", MONEY_RANGE, null);
        BigDecimal money = document.decimal("money", MONEY_RANGE, null);
        if (money.compareTo(capital) > 0) {
            document.addError("money", "at most the capital");
        }
        TransactionCosts costs = CostsJson.read(document, BigDecimal.ZERO);
        int days = (int) document.integer("days_a_year", 1, 366, 365L);
        List<Protection> protections = ProtectionMapper.read(document);
        return (strategy != null && this.errors.isEmpty())
                ? new BacktestConfig(strategy, convention, capital, money, costs, days, protections) : null;
    }

    private @Nullable Strategy parseStrategy(ObjectReader document) {
        JsonNode node = document.get("strategy");
        if (node == null || !node.isString()) {
            return StrategyJsonMapper.read(node, "strategy", this.errors);
        }
        Strategy strategy = this.strategyFinder.apply(node.stringValue());
        if (strategy == null) {
            document.addError("strategy", "a strategy, the name of a preset, or the id of one of yours");
        }
        return strategy;
    }

}
