package pregao.strategy.bot;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import pregao.contracts.Instrument;
import pregao.contracts.indicator.Convention;
import pregao.http.problem.Fields;
import pregao.market.option.Equals;
import pregao.market.pattern.Pattern;
import pregao.market.pattern.Patterns;
import pregao.market.spot.Costs;
import pregao.strategy.rule.StrategyJson;

/**
 * From a bot as its owner wants it to what it follows.
 */
@Component
public class BotJson {

    /** A bot watches so many instruments at most. */
    static final int MOST_INSTRUMENTS = 500;

    private static final BigDecimal PAYOUT = new BigDecimal("0.87");

    private static final BigDecimal FEE = new BigDecimal("0.001");

    private final JsonMapper json;

    public BotJson(JsonMapper json) {
        this.json = json;
    }

    /**
     * Reads what is stored.
     * @param stored a checked wish
     * @return what the bot follows
     */
    BotSettings settings(String stored) {
        return checked(this.json.readValue(stored, BotWish.class), "");
    }

    /**
     * Checks a wish.
     * @param wish as sent
     * @param feed whose instruments are meant where only a symbol is said
     * @return what the bot follows
     * @throws pregao.http.problem.TroubleException 422 naming all fields that are wrong
     */
    BotSettings checked(BotWish wish, String feed) {
        Fields fields = new Fields();
        fields.require((wish.strategy() == null) != (wish.pattern() == null), "strategy",
                "either a strategy for spot, or a pattern for options");
        List<Instrument> instruments = instruments(fields, wish.instruments(), feed);
        BigDecimal stake = Objects.requireNonNullElse(wish.stake(), BigDecimal.ZERO);
        fields.require(stake.signum() > 0 && stake.scale() <= 8 && stake.precision() - stake.scale() <= 10, "stake",
                "above 0 and below 10,000,000,000, with 8 decimals at most");
        Plan plan = null;
        if (wish.strategy() != null) {
            plan = spot(fields, wish, stake);
        }
        else if (wish.pattern() != null) {
            plan = option(fields, wish, stake);
        }
        fields.check();
        return new BotSettings(Objects.requireNonNull(plan), instruments);
    }

    /** The wish with its instruments in full, so that it means the same to everybody. */
    BotWish complete(BotWish wish, BotSettings settings) {
        List<JsonNode> named = settings.instruments()
            .stream()
            .<JsonNode>map((instrument) -> this.json.createObjectNode()
                .put("feed", instrument.feed())
                .put("symbol", instrument.symbol()))
            .toList();
        return new BotWish(wish.name(), wish.account(), wish.money(), wish.strategy(), wish.pattern(), named,
                wish.convention(), wish.stake(), wish.fee(), wish.spread(), wish.slippage(), wish.payout(),
                wish.levels(), wish.equals(), wish.protections(), null);
    }

    /** What is stored of a wish. */
    String stored(BotWish wish) {
        return this.json.writeValueAsString(wish);
    }

    private Plan.@Nullable Spot spot(Fields fields, BotWish wish, BigDecimal stake) {
        Costs costs = Costs.NONE;
        try {
            costs = Costs.of(Objects.requireNonNullElse(wish.fee(), FEE),
                    Objects.requireNonNullElse(wish.spread(), BigDecimal.ZERO),
                    Objects.requireNonNullElse(wish.slippage(), BigDecimal.ZERO));
        }
        catch (IllegalArgumentException | ArithmeticException ex) {
            fields.require(false, "fee", "fee, spread and slippage from 0 with 8 decimals at most: " + ex.getMessage());
        }
        Optional<Convention> convention = Convention.named(Objects.requireNonNullElse(wish.convention(), "plain"));
        fields.require(convention.isPresent(), "convention", "plain, mt5 or classic");
        return new Plan.Spot(StrategyJson.read(Objects.requireNonNull(wish.strategy())),
                convention.orElse(Convention.PLAIN), stake, costs, List.of(),
                Objects.requireNonNullElse(wish.lots(), Map.of()));
    }

    private Plan.@Nullable Option option(Fields fields, BotWish wish, BigDecimal stake) {
        JsonNode named = Objects.requireNonNull(wish.pattern());
        Optional<Pattern> pattern = named.isString() ? Patterns.named(named.stringValue()) : Optional.empty();
        fields.require(pattern.isPresent(), "pattern", "the name of a pattern, as at /api/catalog/patterns");
        BigDecimal payout = Objects.requireNonNullElse(wish.payout(), PAYOUT);
        fields.require(payout.signum() > 0 && payout.compareTo(BigDecimal.TEN) <= 0, "payout",
                "above 0 and at most 10, such as 0.87");
        List<BigDecimal> levels = Objects.requireNonNullElse(wish.levels(),
                List.of(BigDecimal.ONE, new BigDecimal(2), new BigDecimal(4)));
        fields.require(!levels.isEmpty() && levels.size() <= 6 && levels.stream().allMatch((one) -> one.signum() > 0),
                "levels", "1 to 6 stakes above 0, the first 1");
        Equals equals = null;
        for (Equals one : Equals.values()) {
            if (one.name().toLowerCase(Locale.ROOT).equals(Objects.requireNonNullElse(wish.equals(), "same_stake"))) {
                equals = one;
            }
        }
        fields.require(equals != null, "equals", "same_stake, stop or as_lost");
        return (pattern.isEmpty() || equals == null) ? null
                : new Plan.Option(pattern.get(), stake, levels, payout, equals, List.of());
    }

    private static List<Instrument> instruments(Fields fields, @Nullable List<JsonNode> wished, String feed) {
        Set<Instrument> found = new LinkedHashSet<>();
        boolean right = wished != null && !wished.isEmpty() && wished.size() <= MOST_INSTRUMENTS;
        for (JsonNode each : right ? Objects.requireNonNull(wished) : new ArrayList<JsonNode>()) {
            try {
                found.add(each.isString() ? new Instrument(feed, each.stringValue())
                        : new Instrument(each.path("feed").stringValue(feed), each.path("symbol").stringValue("")));
            }
            catch (IllegalArgumentException ex) {
                right = false;
            }
        }
        fields.require(right, "instruments",
                "1 to 500 of {\"feed\": …, \"symbol\": …}; a symbol alone where the API key has a feed");
        return List.copyOf(found);
    }

}
