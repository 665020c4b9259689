package pregao.strategy.catalog;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Instrument;
import pregao.market.catalog.CatalogConfig;
import pregao.market.catalog.Ranking;
import pregao.market.statistics.StakeProgression;
import pregao.strategy.catalog.pattern.EnumNames;
import pregao.strategy.catalog.pattern.PatternResponse;
import pregao.webapi.problem.FieldValidator;

/**
 * Parses an analysis request field by field, and collects the errors of all fields.
 */
final class AnalysisRequestParser {

    static final int MAX_BLOCKS = 5_000;

    private static final int MAX_DEFAULT_MIN_SAMPLE = 30;

    private static final int DEFAULT_TOP = 5;

    private static final BigDecimal DEFAULT_PAYOUT = new BigDecimal("0.87");

    private static final BigDecimal MAX_PAYOUT = BigDecimal.TEN;

    private static final BigDecimal DEFAULT_BANKROLL = new BigDecimal(100);

    private static final BigDecimal MAX_AMOUNT = new BigDecimal("1000000000");

    private static final int MAX_DIGITS = 20;

    private final FieldValidator validator = new FieldValidator();

    private final CreateAnalysisRequest request;

    private final CatalogProperties properties;

    AnalysisRequestParser(CreateAnalysisRequest request, CatalogProperties properties) {
        this.request = request;
        this.properties = properties;
    }

    /** Returns the validator with the errors so far. */
    FieldValidator validator() {
        return this.validator;
    }

    /**
     * Returns the instruments that the request names.
     * @param tokenFeed the feed of the token; may be empty
     * @return the instruments; empty if the request means all instruments of the feed
     */
    Set<Instrument> parseInstruments(String tokenFeed) {
        Set<Instrument> instruments = new LinkedHashSet<>();
        String feed = parseFeed(tokenFeed);
        List<@Nullable String> symbols = Objects.requireNonNullElse(this.request.symbols(), List.of());
        List<CreateAnalysisRequest.@Nullable InstrumentReference> references = Objects
            .requireNonNullElse(this.request.instruments(), List.of());
        boolean isWithinLimit = symbols.size() + references.size() <= this.properties.maxInstruments();
        this.validator.require(isWithinLimit, symbols.isEmpty() ? "instruments" : "symbols",
                "at most %d instruments".formatted(this.properties.maxInstruments()));
        for (int index = 0; isWithinLimit && index < symbols.size(); index++) {
            addInstrument(instruments, feed, symbols.get(index), "symbols[%d]".formatted(index));
        }
        for (int index = 0; isWithinLimit && index < references.size(); index++) {
            CreateAnalysisRequest.InstrumentReference reference = references.get(index);
            addInstrument(instruments, (reference != null && reference.feed() != null) ? reference.feed() : feed,
                    (reference != null) ? reference.symbol() : null, "instruments[%d]".formatted(index));
        }
        return instruments;
    }

    /**
     * Returns the feed of symbols that are given without a feed; empty if there is none.
     */
    String parseFeed(String tokenFeed) {
        String feed = Objects.requireNonNullElse(this.request.feed(), tokenFeed);
        this.validator.require(feed.isEmpty() || feed.matches(Instrument.FEED_PATTERN), "feed",
                Instrument.FEED_PATTERN);
        return feed;
    }

    private void addInstrument(Set<Instrument> instruments, String feed, @Nullable String symbol, String field) {
        String canonicalSymbol = (symbol != null) ? Instrument.symbolOf(symbol).orElse(null) : null;
        this.validator.require(canonicalSymbol != null, field, "a symbol, " + Instrument.SYMBOL_RULE);
        boolean hasValidFeed = feed.matches(Instrument.FEED_PATTERN);
        this.validator.require(hasValidFeed || !feed.isEmpty(), field, "a feed, because the token names none");
        this.validator.require(hasValidFeed, field, "a feed, " + Instrument.FEED_PATTERN);
        if (canonicalSymbol != null && hasValidFeed) {
            instruments.add(new Instrument(feed, canonicalSymbol));
        }
    }

    /**
     * Returns the complete analysis.
     * @param instruments the instruments to analyze, at least one
     * @param pattern the pattern; null if it is unknown
     * @return the analysis, or null if the pattern or the ranking criterion is unknown
     */
    @Nullable Analysis parseAnalysis(List<Instrument> instruments, @Nullable PatternResponse pattern) {
        int blocks = parseInteger("blocks", this.request.blocks(), CatalogConfig.BLOCKS, 1, MAX_BLOCKS);
        int gales = parseInteger("gales", this.request.gales(), Math.min(2, this.properties.maxGales()), 0,
                this.properties.maxGales());
        List<Integer> hours = parseHours();
        String zone = parseZone();
        BigDecimal payout = parseAmount("payout", this.request.payout(), DEFAULT_PAYOUT, MAX_PAYOUT);
        List<BigDecimal> stakes = parseStakes(payout, gales);
        BigDecimal bankroll = parseAmount("bankroll", this.request.bankroll(), DEFAULT_BANKROLL, MAX_AMOUNT);
        Ranking.Criterion rankBy = EnumNames
            .find(Ranking.Criterion.values(), Objects.requireNonNullElse(this.request.rankBy(), "rate"))
            .orElse(null);
        this.validator.require(rankBy != null, "rank_by", EnumNames.joinNames(Ranking.Criterion.values()));
        int minSample = parseInteger("least_sample", this.request.leastSample(),
                Math.clamp(blocks / 2, 1, MAX_DEFAULT_MIN_SAMPLE), 1, MAX_BLOCKS);
        int top = parseInteger("top", this.request.top(), DEFAULT_TOP, 1, this.properties.maxInstruments());
        if (pattern == null || rankBy == null) {
            return null;
        }
        Analysis analysis = new Analysis(instruments, pattern, blocks, gales, hours, zone, payout, stakes, bankroll,
                rankBy, minSample, top);
        this.validator.require(
                (long) analysis.lookback().candles() * instruments.size() <= this.properties.maxCandles(), "blocks",
                "fewer, or more hours or fewer instruments: at most %d candles in all"
                    .formatted(this.properties.maxCandles()));
        return analysis;
    }

    private int parseInteger(String field, @Nullable Integer requested, int defaultValue, int min, int max) {
        int value = Objects.requireNonNullElse(requested, defaultValue);
        boolean isValid = value >= min && value <= max;
        this.validator.require(isValid, field, "%d to %d".formatted(min, max));
        return isValid ? value : min;
    }

    private BigDecimal parseAmount(String field, @Nullable BigDecimal requested, BigDecimal defaultValue,
            BigDecimal max) {
        BigDecimal amount = Objects.requireNonNullElse(requested, defaultValue);
        boolean isValid = amount.precision() <= MAX_DIGITS && Math.abs(amount.scale()) <= MAX_DIGITS
                && amount.signum() > 0 && amount.compareTo(max) <= 0;
        this.validator.require(isValid, field, "above 0, at most " + max.toPlainString());
        return isValid ? withoutNegativeScale(amount) : defaultValue;
    }

    /**
     * Removes a negative scale, which the database does not keep, so that stored and new
     * requests compare as equal.
     */
    private static BigDecimal withoutNegativeScale(BigDecimal number) {
        return (number.scale() < 0) ? number.setScale(0) : number;
    }

    private @Nullable List<Integer> parseHours() {
        if (this.request.hours() == null) {
            return null;
        }
        List<Integer> hours = new ArrayList<>();
        for (Integer hour : this.request.hours()) {
            if (hour != null && hour >= 0 && hour <= 23) {
                hours.add(hour);
            }
        }
        List<Integer> sortedHours = hours.stream().distinct().sorted().toList();
        boolean isValid = !sortedHours.isEmpty() && hours.size() == this.request.hours().size();
        this.validator.require(isValid, "hours", "hours from 0 to 23, or nothing for all of them");
        return isValid ? sortedHours : null;
    }

    private String parseZone() {
        String zone = Objects.requireNonNullElse(this.request.zone(), "UTC");
        try {
            return ZoneId.of(zone).getId();
        }
        catch (DateTimeException ex) {
            this.validator.require(false, "zone", "a time zone such as America/Sao_Paulo");
            return "UTC";
        }
    }

    private List<BigDecimal> parseStakes(BigDecimal payout, int gales) {
        this.validator.require(this.request.stakes() == null || this.request.factor() == null, "factor",
                "either stakes or factor");
        if (this.request.stakes() == null) {
            BigDecimal factor = parseAmount("factor", this.request.factor(), BigDecimal.TWO, BigDecimal.TEN);
            return StakeProgression.growing(payout, factor, gales).levels();
        }
        List<BigDecimal> stakes = new ArrayList<>();
        for (BigDecimal stake : this.request.stakes()) {
            if (stake != null && stake.signum() > 0 && stake.precision() <= MAX_DIGITS
                    && Math.abs(stake.scale()) <= MAX_DIGITS && stake.compareTo(MAX_AMOUNT) <= 0) {
                stakes.add(withoutNegativeScale(stake));
            }
        }
        boolean isValid = stakes.size() == gales + 1 && stakes.size() == this.request.stakes().size()
                && stakes.getFirst().compareTo(BigDecimal.ONE) == 0;
        this.validator.require(isValid, "stakes", "%d stakes above 0, of which the first is 1".formatted(gales + 1));
        return isValid ? List.copyOf(stakes) : StakeProgression.growing(payout, BigDecimal.TWO, gales).levels();
    }

}
