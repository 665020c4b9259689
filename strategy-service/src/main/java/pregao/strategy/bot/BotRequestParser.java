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
 * Reads a bot, noting all that is wrong.
 */
final class BotRequestParser {

    /** A bot watches so many instruments at most. */
    static final int MOST_INSTRUMENTS = 500;

    private static final DecimalRange STAKE = DecimalRange.above0("1000000000", 8);

    private static final BigDecimal FEE = new BigDecimal("0.001");

    private static final Map<String, IndicatorConvention> CONVENTIONS = new LinkedHashMap<>();

    static {
        for (IndicatorConvention convention : IndicatorConvention.values()) {
            CONVENTIONS.put(convention.text(), convention);
        }
    }

    private final String feed;

    private final Function<String, @Nullable Strategy> named;

    private final Predicate<String> feeds;

    private final boolean stored;

    private final List<DocumentError> wrong = new ArrayList<>();

    /**
     * A reading.
     * @param feed that is meant where none is named; empty for none
     * @param named finds a strategy by the name of a preset or its id
     * @param feeds whether there is a feed of a name
     */
    BotRequestParser(String feed, Function<String, @Nullable Strategy> named, Predicate<String> feeds) {
        this(feed, named, feeds, false);
    }

    private BotRequestParser(String feed, Function<String, @Nullable Strategy> named, Predicate<String> feeds,
            boolean stored) {
        this.feed = feed;
        this.named = named;
        this.feeds = feeds;
        this.stored = stored;
    }

    /** A reading of what was stored, with what the broker had said. */
    static BotRequestParser ofStored() {
        return new BotRequestParser("", (name) -> null, (any) -> true, true);
    }

    List<DocumentError> wrong() {
        return this.wrong;
    }

    /** The bot; null where anything is wrong. */
    @Nullable BotDefinition read(JsonNode body) {
        ObjectReader document = ObjectReader.of(body, "", this.wrong);
        String name = (document.get("name") != null) ? document.name("name", 80) : "bot";
        AccountSelection account = AccountSelection.read(document);
        List<Instrument> instruments = instruments(document);
        boolean options = document.get("options") != null;
        TradingPlan plan = options ? option(document) : spot(document);
        document.get("lots"); // only what is stored has them
        document.noOthers();
        if (!this.wrong.isEmpty() || plan == null) {
            return null;
        }
        return new BotDefinition(name, account.account(), account.money(), plan, instruments,
                stored(body, plan, instruments));
    }

    private TradingPlan.@Nullable Spot spot(ObjectReader document) {
        JsonNode given = document.get("strategy");
        Strategy strategy = (given != null && given.isString()) ? this.named.apply(given.stringValue())
                : StrategyJsonMapper.read(given, "strategy", this.wrong);
        if (strategy == null && given != null && given.isString()) {
            document.wrong("strategy", "a strategy, the name of a preset, or the id of one of yours");
        }
        BigDecimal stake = document.decimal("stake", STAKE, null);
        IndicatorConvention convention = document.word("convention", CONVENTIONS, IndicatorConvention.PLAIN);
        TransactionCosts costs = CostsJson.read(document, FEE);
        List<Protection> protections = ProtectionMapper.read(document);
        return (strategy == null || !this.wrong.isEmpty()) ? null
                : new TradingPlan.Spot(strategy, convention, stake, costs, protections, lots(document));
    }

    private TradingPlan.@Nullable Option option(ObjectReader document) {
        ObjectReader options = document.child("options");
        OptionStrategyConfig plan = OptionsRequestParser.plan(options);
        BigDecimal payout = OptionsRequestParser.payout(options);
        options.noOthers();
        List<Protection> protections = ProtectionMapper.read(document);
        return (plan == null || !this.wrong.isEmpty()) ? null : new TradingPlan.Option(plan, payout, protections);
    }

    private List<Instrument> instruments(ObjectReader document) {
        Set<Instrument> found = new LinkedHashSet<>();
        List<JsonNode> items = document.items("instruments", MOST_INSTRUMENTS);
        for (int i = 0; i < items.size(); i++) {
            JsonNode item = items.get(i);
            try {
                Instrument instrument = instrument(item);
                if (found.add(instrument) && !this.feeds.test(instrument.feed())) {
                    document.wrong("instruments[%d]".formatted(i), KnownFeeds.EXPECTED);
                }
            }
            catch (IllegalArgumentException ex) {
                document.wrong("instruments[%d]".formatted(i),
                        "{\"feed\": …, \"symbol\": …}, or a symbol where the API key has a feed");
            }
        }
        if (items.isEmpty()) {
            document.wrong("instruments", "1 to %d of {\"feed\": …, \"symbol\": …}".formatted(MOST_INSTRUMENTS));
        }
        return List.copyOf(found);
    }

    private Instrument instrument(JsonNode item) {
        if (item.isString()) {
            return new Instrument(this.feed, item.stringValue());
        }
        JsonNode source = item.path("feed");
        boolean known = item.isObject() && item.propertyNames().stream().allMatch(Set.of("feed", "symbol")::contains);
        if (!known || !item.path("symbol").isString() || !(source.isMissingNode() || source.isString())) {
            throw new IllegalArgumentException("no instrument");
        }
        return new Instrument(source.isString() ? source.stringValue() : this.feed, item.path("symbol").stringValue());
    }

    private Map<String, LotSize> lots(ObjectReader document) {
        JsonNode given = document.get("lots");
        Map<String, LotSize> lots = new LinkedHashMap<>();
        if (given != null && this.stored) {
            given.properties()
                .forEach((one) -> lots.put(one.getKey(),
                        new LotSize(one.getValue().path("step").decimalValue(),
                                one.getValue().path("least").decimalValue(),
                                one.getValue().path("least_value").decimalValue())));
        }
        return lots;
    }

    /** Names are replaced by what they mean, so that it means the same to everybody. */
    private static ObjectNode stored(JsonNode body, TradingPlan plan, List<Instrument> instruments) {
        ObjectNode stored = (ObjectNode) Objects.requireNonNull(body).deepCopy();
        if (plan instanceof TradingPlan.Spot spot) {
            stored.set("strategy", StrategyJsonMapper.write(spot.strategy()));
        }
        ArrayNode named = stored.putArray("instruments");
        instruments.forEach((one) -> named.addObject().put("feed", one.feed()).put("symbol", one.symbol()));
        return stored;
    }

}
