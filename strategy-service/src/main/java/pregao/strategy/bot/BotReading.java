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
import pregao.contracts.indicator.Convention;
import pregao.market.option.OptionPlan;
import pregao.market.protection.Protection;
import pregao.market.rule.Strategy;
import pregao.market.spot.Costs;
import pregao.strategy.account.AccountWish;
import pregao.strategy.backtest.CostsJson;
import pregao.strategy.backtest.OptionsReading;
import pregao.strategy.backtest.ProtectionJson;
import pregao.strategy.candle.KnownFeeds;
import pregao.strategy.document.Bounds;
import pregao.strategy.document.Document;
import pregao.strategy.document.Wrong;
import pregao.strategy.rule.StrategyJson;

/**
 * Reads a bot, noting all that is wrong.
 */
final class BotReading {

    /** A bot watches so many instruments at most. */
    static final int MOST_INSTRUMENTS = 500;

    private static final Bounds STAKE = Bounds.above0("1000000000", 8);

    private static final BigDecimal FEE = new BigDecimal("0.001");

    private static final Map<String, Convention> CONVENTIONS = new LinkedHashMap<>();

    static {
        for (Convention convention : Convention.values()) {
            CONVENTIONS.put(convention.text(), convention);
        }
    }

    private final String feed;

    private final Function<String, @Nullable Strategy> named;

    private final Predicate<String> feeds;

    private final boolean stored;

    private final List<Wrong> wrong = new ArrayList<>();

    /**
     * A reading.
     * @param feed that is meant where none is named; empty for none
     * @param named finds a strategy by the name of a preset or its id
     * @param feeds whether there is a feed of a name
     */
    BotReading(String feed, Function<String, @Nullable Strategy> named, Predicate<String> feeds) {
        this(feed, named, feeds, false);
    }

    private BotReading(String feed, Function<String, @Nullable Strategy> named, Predicate<String> feeds,
            boolean stored) {
        this.feed = feed;
        this.named = named;
        this.feeds = feeds;
        this.stored = stored;
    }

    /** A reading of what was stored, with what the broker had said. */
    static BotReading ofStored() {
        return new BotReading("", (name) -> null, (any) -> true, true);
    }

    List<Wrong> wrong() {
        return this.wrong;
    }

    /** The bot; null where anything is wrong. */
    @Nullable BotWish read(JsonNode body) {
        Document document = Document.of(body, "", this.wrong);
        String name = (document.get("name") != null) ? document.name("name", 80) : "bot";
        AccountWish account = AccountWish.read(document);
        List<Instrument> instruments = instruments(document);
        boolean options = document.get("options") != null;
        Plan plan = options ? option(document) : spot(document);
        document.get("lots"); // only what is stored has them
        document.noOthers();
        if (!this.wrong.isEmpty() || plan == null) {
            return null;
        }
        return new BotWish(name, account.account(), account.money(), plan, instruments,
                stored(body, plan, instruments));
    }

    private Plan.@Nullable Spot spot(Document document) {
        JsonNode given = document.get("strategy");
        Strategy strategy = (given != null && given.isString()) ? this.named.apply(given.stringValue())
                : StrategyJson.read(given, "strategy", this.wrong);
        if (strategy == null && given != null && given.isString()) {
            document.wrong("strategy", "a strategy, the name of a preset, or the id of one of yours");
        }
        BigDecimal stake = document.decimal("stake", STAKE, null);
        Convention convention = document.word("convention", CONVENTIONS, Convention.PLAIN);
        Costs costs = CostsJson.read(document, FEE);
        List<Protection> protections = ProtectionJson.read(document);
        return (strategy == null || !this.wrong.isEmpty()) ? null
                : new Plan.Spot(strategy, convention, stake, costs, protections, lots(document));
    }

    private Plan.@Nullable Option option(Document document) {
        Document options = document.child("options");
        OptionPlan plan = OptionsReading.plan(options);
        BigDecimal payout = OptionsReading.payout(options);
        options.noOthers();
        List<Protection> protections = ProtectionJson.read(document);
        return (plan == null || !this.wrong.isEmpty()) ? null : new Plan.Option(plan, payout, protections);
    }

    private List<Instrument> instruments(Document document) {
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

    private Map<String, Lot> lots(Document document) {
        JsonNode given = document.get("lots");
        Map<String, Lot> lots = new LinkedHashMap<>();
        if (given != null && this.stored) {
            given.properties()
                .forEach((one) -> lots.put(one.getKey(),
                        new Lot(one.getValue().path("step").decimalValue(), one.getValue().path("least").decimalValue(),
                                one.getValue().path("least_value").decimalValue())));
        }
        return lots;
    }

    /** Names are replaced by what they mean, so that it means the same to everybody. */
    private static ObjectNode stored(JsonNode body, Plan plan, List<Instrument> instruments) {
        ObjectNode stored = (ObjectNode) Objects.requireNonNull(body).deepCopy();
        if (plan instanceof Plan.Spot spot) {
            stored.set("strategy", StrategyJson.write(spot.strategy()));
        }
        ArrayNode named = stored.putArray("instruments");
        instruments.forEach((one) -> named.addObject().put("feed", one.feed()).put("symbol", one.symbol()));
        return stored;
    }

}
