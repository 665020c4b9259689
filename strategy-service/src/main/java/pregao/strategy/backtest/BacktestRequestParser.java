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
 * Reads what somebody wants to be tried, noting all that is wrong.
 */
final class BacktestRequestParser {

    private static final DecimalRange MONEY = DecimalRange.above0("1000000000", 8);

    private static final Map<String, IndicatorConvention> CONVENTIONS = new LinkedHashMap<>();

    static {
        for (IndicatorConvention convention : IndicatorConvention.values()) {
            CONVENTIONS.put(convention.text(), convention);
        }
    }

    private final BacktestProperties limits;

    private final String feed;

    private final Function<String, @Nullable Strategy> named;

    private final List<DocumentError> wrong = new ArrayList<>();

    /**
     * A reading.
     * @param limits how much may be asked for
     * @param feed that is meant where none is named; empty for none
     * @param named finds a strategy by the name of a preset or its id
     */
    BacktestRequestParser(BacktestProperties limits, String feed, Function<String, @Nullable Strategy> named) {
        this.limits = limits;
        this.feed = feed;
        this.named = named;
    }

    List<DocumentError> wrong() {
        return List.copyOf(this.wrong);
    }

    /** The trial; null where anything is wrong. */
    @Nullable BacktestRequest read(JsonNode body) {
        ObjectReader document = ObjectReader.of(body, "", this.wrong);
        Function<ObjectReader, BacktestRequest.@Nullable Method> reading = document.word("kind", kinds(), null);
        Instrument instrument = instrument(document);
        Instant from = document.moment("from");
        Instant to = document.moment("to");
        boolean ordered = from.isBefore(to)
                && !to.atOffset(ZoneOffset.UTC).minusYears(this.limits.maxYears()).toInstant().isAfter(from);
        if (!ordered) {
            document.wrong("to", "after from, by at most %d years".formatted(this.limits.maxYears()));
        }
        BacktestRequest.Method method = reading.apply(document);
        document.noOthers();
        if (!this.wrong.isEmpty()) {
            return null;
        }
        BacktestRequest trial = new BacktestRequest(Objects.requireNonNull(instrument), from, to,
                Objects.requireNonNull(method));
        bound(document, trial);
        return this.wrong.isEmpty() ? trial : null;
    }

    private Map<String, Function<ObjectReader, BacktestRequest.@Nullable Method>> kinds() {
        Map<String, Function<ObjectReader, BacktestRequest.@Nullable Method>> kinds = new LinkedHashMap<>();
        kinds.put("single", this::single);
        kinds.put("sweep", this::swept);
        kinds.put("walk_forward", this::walked);
        kinds.put("options", OptionsRequestParser::read);
        return kinds;
    }

    private void bound(ObjectReader document, BacktestRequest trial) {
        if (trial.method() instanceof BacktestRequest.WalkForward walked) {
            try {
                if (trial.folds(walked).isEmpty()) {
                    document.child("walk_forward").wrong("learn", "shorter than the time from from to to");
                    return;
                }
            }
            catch (IllegalArgumentException ex) {
                document.child("walk_forward").wrong("try", "so long that there are at most 1000 folds");
                return;
            }
        }
        if (trial.work() > this.limits.maxWork()) {
            document.wrong("to", "so early, or points so few, that all of them together go through at most "
                    + "%,d minutes; these are %,d".formatted(this.limits.maxWork(), trial.work()));
        }
    }

    private @Nullable Instrument instrument(ObjectReader document) {
        String sent = document.text("symbol", Instrument.MAX_SYMBOL_LENGTH * 2);
        String symbol = Instrument.symbolOf(sent).orElse(sent);
        String source = (document.get("feed") == null && !this.feed.isEmpty()) ? this.feed : document.text("feed", 32);
        if (!symbol.isEmpty() && !Instrument.isSymbol(symbol)) {
            document.wrong("symbol", Instrument.SYMBOL_RULE);
        }
        else if (!source.isEmpty() && !source.matches(Instrument.FEED_PATTERN)) {
            document.wrong("feed", Instrument.FEED_PATTERN);
        }
        else if (!symbol.isEmpty() && !source.isEmpty()) {
            return new Instrument(source, symbol);
        }
        return null;
    }

    private BacktestRequest.@Nullable Method single(ObjectReader document) {
        BacktestConfig settings = settings(document, strategy(document));
        return (settings != null) ? new BacktestRequest.Single(settings) : null;
    }

    private BacktestRequest.@Nullable Method swept(ObjectReader document) {
        Strategy strategy = strategy(document);
        BacktestConfig settings = settings(document, strategy);
        BacktestRequest.ParameterSearch search = ParameterSearchParser.read(document.child("sweep"), strategy,
                this.limits.maxPoints());
        return (settings != null && search != null) ? new BacktestRequest.Sweep(settings, search) : null;
    }

    private BacktestRequest.@Nullable Method walked(ObjectReader document) {
        Strategy strategy = strategy(document);
        BacktestConfig settings = settings(document, strategy);
        BacktestRequest.ParameterSearch search = ParameterSearchParser.read(document.child("sweep"), strategy,
                this.limits.maxPoints());
        ObjectReader walk = document.child("walk_forward");
        Duration longest = Duration.ofDays(366L * this.limits.maxYears());
        Duration learn = walk.duration("learn", longest);
        Duration attempt = walk.duration("try", longest);
        walk.noOthers();
        return (settings != null && search != null) ? new BacktestRequest.WalkForward(settings, search, learn, attempt)
                : null;
    }

    private @Nullable BacktestConfig settings(ObjectReader document, @Nullable Strategy strategy) {
        IndicatorConvention convention = document.word("convention", CONVENTIONS, IndicatorConvention.PLAIN);
        BigDecimal capital = document.decimal("capital", MONEY, null);
        BigDecimal money = document.decimal("money", MONEY, null);
        if (money.compareTo(capital) > 0) {
            document.wrong("money", "at most the capital");
        }
        TransactionCosts costs = CostsJson.read(document, BigDecimal.ZERO);
        int days = (int) document.whole("days_a_year", 1, 366, 365L);
        List<Protection> protections = ProtectionMapper.read(document);
        return (strategy != null && this.wrong.isEmpty())
                ? new BacktestConfig(strategy, convention, capital, money, costs, days, protections) : null;
    }

    private @Nullable Strategy strategy(ObjectReader document) {
        JsonNode given = document.get("strategy");
        if (given == null || !given.isString()) {
            return StrategyJsonMapper.read(given, "strategy", this.wrong);
        }
        Strategy strategy = this.named.apply(given.stringValue());
        if (strategy == null) {
            document.wrong("strategy", "a strategy, the name of a preset, or the id of one of yours");
        }
        return strategy;
    }

}
