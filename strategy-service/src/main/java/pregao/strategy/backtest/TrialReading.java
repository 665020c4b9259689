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
import pregao.contracts.indicator.Convention;
import pregao.market.backtest.BacktestSettings;
import pregao.market.protection.Protection;
import pregao.market.rule.Strategy;
import pregao.market.spot.Costs;
import pregao.strategy.document.Bounds;
import pregao.strategy.document.Document;
import pregao.strategy.document.Wrong;
import pregao.strategy.rule.StrategyJson;

/**
 * Reads what somebody wants to be tried, noting all that is wrong.
 */
final class TrialReading {

    private static final Bounds MONEY = Bounds.above0("1000000000", 8);

    private static final Map<String, Convention> CONVENTIONS = new LinkedHashMap<>();

    static {
        for (Convention convention : Convention.values()) {
            CONVENTIONS.put(convention.text(), convention);
        }
    }

    private final BacktestLimits limits;

    private final String feed;

    private final Function<String, @Nullable Strategy> named;

    private final List<Wrong> wrong = new ArrayList<>();

    /**
     * A reading.
     * @param limits how much may be asked for
     * @param feed that is meant where none is named; empty for none
     * @param named finds a strategy by the name of a preset or its id
     */
    TrialReading(BacktestLimits limits, String feed, Function<String, @Nullable Strategy> named) {
        this.limits = limits;
        this.feed = feed;
        this.named = named;
    }

    List<Wrong> wrong() {
        return List.copyOf(this.wrong);
    }

    /** The trial; null where anything is wrong. */
    @Nullable Trial read(JsonNode body) {
        Document document = Document.of(body, "", this.wrong);
        Function<Document, Trial.@Nullable Method> reading = document.word("kind", kinds(), null);
        Instrument instrument = instrument(document);
        Instant from = document.moment("from");
        Instant to = document.moment("to");
        boolean ordered = from.isBefore(to)
                && !to.atOffset(ZoneOffset.UTC).minusYears(this.limits.years()).toInstant().isAfter(from);
        if (!ordered) {
            document.wrong("to", "after from, by at most %d years".formatted(this.limits.years()));
        }
        Trial.Method method = reading.apply(document);
        document.noOthers();
        if (!this.wrong.isEmpty()) {
            return null;
        }
        Trial trial = new Trial(Objects.requireNonNull(instrument), from, to, Objects.requireNonNull(method));
        bound(document, trial);
        return this.wrong.isEmpty() ? trial : null;
    }

    private Map<String, Function<Document, Trial.@Nullable Method>> kinds() {
        Map<String, Function<Document, Trial.@Nullable Method>> kinds = new LinkedHashMap<>();
        kinds.put("single", this::single);
        kinds.put("sweep", this::swept);
        kinds.put("walk_forward", this::walked);
        kinds.put("options", OptionsReading::read);
        return kinds;
    }

    private void bound(Document document, Trial trial) {
        if (trial.method() instanceof Trial.Walked walked) {
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
        if (trial.work() > this.limits.work()) {
            document.wrong("to", "so early, or points so few, that all of them together go through at most "
                    + "%,d minutes; these are %,d".formatted(this.limits.work(), trial.work()));
        }
    }

    private @Nullable Instrument instrument(Document document) {
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

    private Trial.@Nullable Method single(Document document) {
        BacktestSettings settings = settings(document, strategy(document));
        return (settings != null) ? new Trial.Single(settings) : null;
    }

    private Trial.@Nullable Method swept(Document document) {
        Strategy strategy = strategy(document);
        BacktestSettings settings = settings(document, strategy);
        Trial.Search search = SearchReading.read(document.child("sweep"), strategy, this.limits.points());
        return (settings != null && search != null) ? new Trial.Swept(settings, search) : null;
    }

    private Trial.@Nullable Method walked(Document document) {
        Strategy strategy = strategy(document);
        BacktestSettings settings = settings(document, strategy);
        Trial.Search search = SearchReading.read(document.child("sweep"), strategy, this.limits.points());
        Document walk = document.child("walk_forward");
        Duration longest = Duration.ofDays(366L * this.limits.years());
        Duration learn = walk.duration("learn", longest);
        Duration attempt = walk.duration("try", longest);
        walk.noOthers();
        return (settings != null && search != null) ? new Trial.Walked(settings, search, learn, attempt) : null;
    }

    private @Nullable BacktestSettings settings(Document document, @Nullable Strategy strategy) {
        Convention convention = document.word("convention", CONVENTIONS, Convention.PLAIN);
        BigDecimal capital = document.decimal("capital", MONEY, null);
        BigDecimal money = document.decimal("money", MONEY, null);
        if (money.compareTo(capital) > 0) {
            document.wrong("money", "at most the capital");
        }
        Costs costs = CostsJson.read(document, BigDecimal.ZERO);
        int days = (int) document.whole("days_a_year", 1, 366, 365L);
        List<Protection> protections = ProtectionJson.read(document);
        return (strategy != null && this.wrong.isEmpty())
                ? new BacktestSettings(strategy, convention, capital, money, costs, days, protections) : null;
    }

    private @Nullable Strategy strategy(Document document) {
        JsonNode given = document.get("strategy");
        if (given == null || !given.isString()) {
            return StrategyJson.read(given, "strategy", this.wrong);
        }
        Strategy strategy = this.named.apply(given.stringValue());
        if (strategy == null) {
            document.wrong("strategy", "a strategy, the name of a preset, or the id of one of yours");
        }
        return strategy;
    }

}
