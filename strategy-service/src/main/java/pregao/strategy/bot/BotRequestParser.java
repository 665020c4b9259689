package pregao.strategy.bot;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import pregao.contracts.Instrument;
import pregao.contracts.indicator.IndicatorConvention;
import pregao.market.option.OptionStrategyConfig;
import pregao.market.protection.Protection;
import pregao.market.rule.Strategy;
import pregao.market.spot.TransactionCosts;
import pregao.strategy.account.AccountSelection;
import pregao.strategy.backtest.CostsJson;
import pregao.strategy.backtest.OptionsRequestParser;
import pregao.strategy.backtest.ProtectionMapper;
import pregao.strategy.candle.KnownFeeds;
import pregao.strategy.json.DecimalRange;
import pregao.strategy.json.DocumentError;
import pregao.strategy.json.ObjectReader;
import pregao.strategy.rule.StrategyJsonMapper;

/**
 * Parses bot definitions and collects all errors.
 */
final class BotRequestParser {

    /** The maximum number of instruments of a bot. */
    static final int MAX_INSTRUMENTS = 500;

    private static final DecimalRange STAKE_RANGE = DecimalRange.greaterThanZero("1000000000", 8);

    private static final BigDecimal DEFAULT_FEE = new BigDecimal("0.001");

    private static final Map<String, IndicatorConvention> CONVENTIONS = new LinkedHashMap<>();

    static {
        for (IndicatorConvention convention : IndicatorConvention.values()) {
            CONVENTIONS.put(convention.text(), convention);
        }
    }

    private final String defaultFeed;

    private final Function<String, @Nullable Strategy> strategyFinder;

    private final Predicate<String> feedExists;

    private final boolean isStored;

    private final List<DocumentError> errors = new ArrayList<>();

    /**
     * Creates a parser for one request.
     * @param defaultFeed the feed of symbols without a feed; empty for none
     * @param strategyFinder finds a strategy by the name of a preset or by the id of a
     * stored strategy; returns null if there is none
     * @param feedExists whether a feed of a name exists
     */
    BotRequestParser(String defaultFeed, Function<String, @Nullable Strategy> strategyFinder,
            Predicate<String> feedExists) {
        this(defaultFeed, strategyFinder, feedExists, false);
    }

    private BotRequestParser(String defaultFeed, Function<String, @Nullable Strategy> strategyFinder,
            Predicate<String> feedExists, boolean isStored) {
        this.defaultFeed = defaultFeed;
        this.strategyFinder = strategyFinder;
        this.feedExists = feedExists;
        this.isStored = isStored;
    }

    /** Creates a parser for a stored definition, which includes lot sizes. */
    static BotRequestParser forStored() {
        return new BotRequestParser("", (name) -> null, (feed) -> true, true);
    }

    List<DocumentError> errors() {
        return this.errors;
    }

    /** Parses a definition. Returns null if there are errors. */
    @Nullable BotDefinition read(JsonNode body) {
        ObjectReader document = ObjectReader.of(body, "", this.errors);
        String name = (document.get("name") != null) ? document.name("name", 80) : "bot";
        AccountSelection account = AccountSelection.read(document);
        List<Instrument> instruments = parseInstruments(document);
        boolean isOption = document.get("options") != null;
        TradingPlan plan = isOption ? parseOption(document) : parseSpot(document);
        document.get("lots"); // only stored definitions have lots
        document.rejectUnknownFields();
        if (!this.errors.isEmpty() || plan == null) {
            return null;
        }
        return new BotDefinition(name, account.account(), account.money(), plan, instruments,
                toStored(body, plan, instruments));
    }

    private TradingPlan.@Nullable Spot parseSpot(ObjectReader document) {
        JsonNode node = document.get("strategy");
        Strategy strategy = (node != null && node.isString()) ? this.strategyFinder.apply(node.stringValue())
                : StrategyJsonMapper.read(node, "strategy", this.errors);
        if (strategy == null && node != null && node.isString()) {
            document.addError("strategy", "a strategy, the name of a preset, or the id of one of yours");
        }
        BigDecimal stake = document.decimal("stake", STAKE_RANGE, null);
        IndicatorConvention convention = document.oneOf("convention", CONVENTIONS, IndicatorConvention.PLAIN);
        TransactionCosts costs = CostsJson.read(document, DEFAULT_FEE);
        List<Protection> protections = ProtectionMapper.read(document);
        return (strategy == null || !this.errors.isEmpty()) ? null
                : new TradingPlan.Spot(strategy, convention, stake, costs, protections, parseLots(document));
    }

    private TradingPlan.@Nullable Option parseOption(ObjectReader document) {
        ObjectReader options = document.child("options");
        OptionStrategyConfig config = OptionsRequestParser.readConfig(options);
        BigDecimal payout = OptionsRequestParser.readPayout(options);
        options.rejectUnknownFields();
        List<Protection> protections = ProtectionMapper.read(document);
        return (config == null || !this.errors.isEmpty()) ? null : new TradingPlan.Option(config, payout, protections);
    }

    private List<Instrument> parseInstruments(ObjectReader document) {
        Set<Instrument> instruments = new LinkedHashSet<>();
        List<JsonNode> items = document.array("instruments", MAX_INSTRUMENTS);
        for (int i = 0; i < items.size(); i++) {
            JsonNode item = items.get(i);
            try {
                Instrument instrument = parseInstrument(item);
                if (instruments.add(instrument) && !this.feedExists.test(instrument.feed())) {
                    document.addError("instruments[%d]".formatted(i), KnownFeeds.EXPECTED);
                }
            }
            catch (IllegalArgumentException ex) {
                document.addError("instruments[%d]".formatted(i),
                        "{\"feed\": …, \"symbol\": …}, or a symbol where the API key has a feed");
            }
        }
        if (items.isEmpty()) {
            document.addError("instruments", "1 to %d of {\"feed\": …, \"symbol\": …}".formatted(MAX_INSTRUMENTS));
        }
        return List.copyOf(instruments);
    }

    private Instrument parseInstrument(JsonNode item) {
        if (item.isString()) {
            return new Instrument(this.defaultFeed, item.stringValue());
        }
        JsonNode feedNode = item.path("feed");
        boolean hasKnownFields = item.isObject()
                && item.propertyNames().stream().allMatch(Set.of("feed", "symbol")::contains);
        if (!hasKnownFields || !item.path("symbol").isString() || !(feedNode.isMissingNode() || feedNode.isString())) {
            throw new IllegalArgumentException("no instrument");
        }
        return new Instrument(feedNode.isString() ? feedNode.stringValue() : this.defaultFeed,
                item.path("symbol").stringValue());
    }

    private Map<String, LotSize> parseLots(ObjectReader document) {
        JsonNode lotsNode = document.get("lots");
        Map<String, LotSize> lots = new LinkedHashMap<>();
        if (lotsNode != null && this.isStored) {
            lotsNode.properties()
                .forEach((entry) -> lots.put(entry.getKey(),
                        new LotSize(entry.getValue().path("step").decimalValue(),
                                entry.getValue().path("least").decimalValue(),
                                entry.getValue().path("least_value").decimalValue())));
        }
        return lots;
    }

    /**
     * Replaces the names of strategies and the default feed by what they refer to, so
     * that the stored definition does not depend on them.
     */
    private static ObjectNode toStored(JsonNode body, TradingPlan plan, List<Instrument> instruments) {
        ObjectNode stored = (ObjectNode) Objects.requireNonNull(body).deepCopy();
        if (plan instanceof TradingPlan.Spot spot) {
            stored.set("strategy", StrategyJsonMapper.write(spot.strategy()));
        }
        ArrayNode instrumentNodes = stored.putArray("instruments");
        instruments.forEach((instrument) -> instrumentNodes.addObject()
            .put("feed", instrument.feed())
            .put("symbol", instrument.symbol()));
        return stored;
    }

}
