package pregao.strategy.catalog;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import pregao.contracts.Instrument;
import pregao.contracts.Timeframe;
import pregao.market.pattern.Pattern;
import pregao.market.pattern.PatternPresets;
import pregao.strategy.candle.KnownFeeds;
import pregao.strategy.catalog.candle.SeriesRepository;
import pregao.strategy.catalog.pattern.PatternRepository;
import pregao.strategy.catalog.pattern.PatternResponse;
import pregao.strategy.security.AuthenticatedUser;
import pregao.webapi.problem.FieldValidator;

/**
 * From a wish to an analysis: which pattern and which instruments are meant.
 */
@Component
class AnalysisRequestResolver {

    private static final String MINUTES_OF_FIVE = "MHI M5";

    private final PatternRepository own;

    private final SeriesRepository series;

    private final KnownFeeds feeds;

    private static final int SHOWN_FEEDS = 5;

    private final CatalogProperties limits;

    AnalysisRequestResolver(PatternRepository own, SeriesRepository series, KnownFeeds feeds,
            CatalogProperties limits) {
        this.own = own;
        this.series = series;
        this.feeds = feeds;
        this.limits = limits;
    }

    /**
     * What is meant.
     * @param wish what somebody wants
     * @param person who
     * @return the analysis
     * @throws pregao.webapi.problem.ProblemException 422 naming each field that is wrong
     */
    Analysis analysis(CreateAnalysisRequest wish, AuthenticatedUser person) {
        AnalysisRequestParser reading = new AnalysisRequestParser(wish, this.limits);
        Set<Instrument> named = reading.named(person.feed());
        mustBeKnown(wish, reading, person);
        PatternResponse pattern = pattern(wish, person.id(), reading.fields());
        List<Instrument> instruments = new ArrayList<>(named);
        if (wish.wantsAll()) {
            instruments.addAll(all(reading, person, pattern));
        }
        else {
            reading.fields()
                .require(!named.isEmpty(), (wish.symbols() != null) ? "symbols" : "instruments",
                        "at least one, or neither for all of the feed");
        }
        Analysis analysis = reading.analysis(instruments, pattern);
        reading.fields().check();
        return Objects.requireNonNull(analysis);
    }

    private void mustBeKnown(CreateAnalysisRequest wish, AnalysisRequestParser reading, AuthenticatedUser person) {
        Map<String, Boolean> known = new HashMap<>();
        Predicate<String> has = (feed) -> feed.isEmpty()
                || known.computeIfAbsent(feed, (each) -> this.feeds.isKnown(each, person));
        reading.fields().require(has.test(reading.feed(person.feed())), "feed", KnownFeeds.EXPECTED);
        List<CreateAnalysisRequest.@Nullable InstrumentReference> instruments = Objects
            .requireNonNullElse(wish.instruments(), List.of());
        for (int i = 0; i < instruments.size(); i++) {
            CreateAnalysisRequest.InstrumentReference named = instruments.get(i);
            boolean right = named == null || named.feed() == null || has.test(named.feed());
            reading.fields().require(right, "instruments[%d]".formatted(i), KnownFeeds.EXPECTED);
        }
    }

    private List<Instrument> all(AnalysisRequestParser reading, AuthenticatedUser person,
            @Nullable PatternResponse pattern) {
        String named = reading.feed(person.feed());
        FieldValidator fields = reading.fields();
        if (pattern == null) {
            return List.of();
        }
        Timeframe timeframe = Timeframe.valueOf(pattern.timeframe());
        String feed = named.isEmpty() ? onlyFeed(timeframe, fields) : named;
        if (!feed.matches(Instrument.FEED_PATTERN)) {
            return List.of();
        }
        List<Instrument> all = this.series.ofFeed(feed, timeframe, this.limits.maxInstruments());
        fields.require(!all.isEmpty(), "feed", "a feed that has candles, or symbols that are to be asked for");
        return all;
    }

    /**
     * The feed that a login means that names none: the only one there is.
     * @return empty where there is none or a choice, which is noted as wrong
     */
    private String onlyFeed(Timeframe timeframe, FieldValidator fields) {
        List<String> feeds = this.series.feeds(timeframe, SHOWN_FEEDS);
        if (feeds.size() == 1) {
            return feeds.getFirst();
        }
        fields.require(false, "feed",
                feeds.isEmpty() ? "a feed that has candles; there is none yet"
                        : "one of the feeds that have candles, such as %s, because the token names none"
                            .formatted(String.join(", ", feeds)));
        return "";
    }

    private @Nullable PatternResponse pattern(CreateAnalysisRequest wish, UUID person, FieldValidator fields) {
        boolean five = "M5".equals(wish.timeframe());
        boolean known = wish.timeframe() == null || five || "M1".equals(wish.timeframe());
        fields.require(known, "timeframe", "M1 or M5");
        String usual = five ? MINUTES_OF_FIVE : PatternPresets.MINORITY.name();
        PatternResponse patternResponse = find(Objects.requireNonNullElse(wish.pattern(), usual), person).orElse(null);
        fields.require(patternResponse != null, "pattern", "the name of a pattern, or the id of one of yours");
        if (patternResponse == null || !known || wish.timeframe() == null
                || wish.timeframe().equals(patternResponse.timeframe())) {
            return patternResponse;
        }
        PatternResponse other = retimed(patternResponse, wish.timeframe());
        fields.require(other != null, "timeframe", "%s, as a day is no multiple of %d candles of %s"
            .formatted(patternResponse.timeframe(), patternResponse.block(), wish.timeframe()));
        return other;
    }

    private Optional<PatternResponse> find(String name, UUID person) {
        return PatternPresets.named(name)
            .map((preset) -> PatternResponse.of(null, preset))
            .or(() -> this.own.find(person, name));
    }

    private static @Nullable PatternResponse retimed(PatternResponse item, String timeframe) {
        Pattern old = item.toPattern();
        try {
            return PatternResponse.of(item.id(), new Pattern(old.name(), Timeframe.valueOf(timeframe), old.block(),
                    old.look(), old.choice(), old.entry(), old.sameBlock(), old.gales(), old.unanimous()));
        }
        catch (IllegalArgumentException ex) {
            return null;
        }
    }

}
