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
 * Resolves an analysis request to an analysis: finds its pattern and its instruments.
 */
@Component
class AnalysisRequestResolver {

    private static final String DEFAULT_M5_PATTERN = "MHI M5";

    private final PatternRepository patternRepository;

    private final SeriesRepository seriesRepository;

    private final KnownFeeds knownFeeds;

    private static final int MAX_LISTED_FEEDS = 5;

    private final CatalogProperties properties;

    AnalysisRequestResolver(PatternRepository patternRepository, SeriesRepository seriesRepository,
            KnownFeeds knownFeeds, CatalogProperties properties) {
        this.patternRepository = patternRepository;
        this.seriesRepository = seriesRepository;
        this.knownFeeds = knownFeeds;
        this.properties = properties;
    }

    /**
     * Resolves a request.
     * @param request the request
     * @param user the user
     * @return the analysis
     * @throws pregao.webapi.problem.ProblemException 422 with an error for each wrong
     * field
     */
    Analysis resolve(CreateAnalysisRequest request, AuthenticatedUser user) {
        AnalysisRequestParser parser = new AnalysisRequestParser(request, this.properties);
        Set<Instrument> namedInstruments = parser.parseInstruments(user.feed());
        validateFeeds(request, parser, user);
        PatternResponse pattern = resolvePattern(request, user.id(), parser.validator());
        List<Instrument> instruments = new ArrayList<>(namedInstruments);
        if (request.coversWholeFeed()) {
            instruments.addAll(findFeedInstruments(parser, user, pattern));
        }
        else {
            parser.validator()
                .require(!namedInstruments.isEmpty(), (request.symbols() != null) ? "symbols" : "instruments",
                        "at least one, or neither for all of the feed");
        }
        Analysis analysis = parser.parseAnalysis(instruments, pattern);
        parser.validator().check();
        return Objects.requireNonNull(analysis);
    }

    private void validateFeeds(CreateAnalysisRequest request, AnalysisRequestParser parser, AuthenticatedUser user) {
        Map<String, Boolean> knownByFeed = new HashMap<>();
        Predicate<String> isKnown = (feed) -> feed.isEmpty()
                || knownByFeed.computeIfAbsent(feed, (name) -> this.knownFeeds.isKnown(name, user));
        parser.validator().require(isKnown.test(parser.parseFeed(user.feed())), "feed", KnownFeeds.EXPECTED);
        List<CreateAnalysisRequest.@Nullable InstrumentReference> instruments = Objects
            .requireNonNullElse(request.instruments(), List.of());
        for (int index = 0; index < instruments.size(); index++) {
            CreateAnalysisRequest.InstrumentReference reference = instruments.get(index);
            boolean isValid = reference == null || reference.feed() == null || isKnown.test(reference.feed());
            parser.validator().require(isValid, "instruments[%d]".formatted(index), KnownFeeds.EXPECTED);
        }
    }

    private List<Instrument> findFeedInstruments(AnalysisRequestParser parser, AuthenticatedUser user,
            @Nullable PatternResponse pattern) {
        String requestedFeed = parser.parseFeed(user.feed());
        FieldValidator validator = parser.validator();
        if (pattern == null) {
            return List.of();
        }
        Timeframe timeframe = Timeframe.valueOf(pattern.timeframe());
        String feed = requestedFeed.isEmpty() ? findOnlyFeed(timeframe, validator) : requestedFeed;
        if (!feed.matches(Instrument.FEED_PATTERN)) {
            return List.of();
        }
        List<Instrument> instruments = this.seriesRepository.findInstruments(feed, timeframe,
                this.properties.maxInstruments());
        validator.require(!instruments.isEmpty(), "feed",
                "a feed that has candles, or symbols that are to be asked for");
        return instruments;
    }

    /**
     * Returns the only feed that has candles, for a user whose token names none.
     * @return the feed; empty if there is none or more than one, which is recorded as an
     * error
     */
    private String findOnlyFeed(Timeframe timeframe, FieldValidator validator) {
        List<String> feeds = this.seriesRepository.findFeeds(timeframe, MAX_LISTED_FEEDS);
        if (feeds.size() == 1) {
            return feeds.getFirst();
        }
        validator.require(false, "feed",
                feeds.isEmpty() ? "a feed that has candles; there is none yet"
                        : "one of the feeds that have candles, such as %s, because the token names none"
                            .formatted(String.join(", ", feeds)));
        return "";
    }

    private @Nullable PatternResponse resolvePattern(CreateAnalysisRequest request, UUID userId,
            FieldValidator validator) {
        boolean isM5 = "M5".equals(request.timeframe());
        boolean isSupportedTimeframe = request.timeframe() == null || isM5 || "M1".equals(request.timeframe());
        validator.require(isSupportedTimeframe, "timeframe", "M1 or M5");
        String defaultName = isM5 ? DEFAULT_M5_PATTERN : PatternPresets.MINORITY.name();
        PatternResponse pattern = findPattern(Objects.requireNonNullElse(request.pattern(), defaultName), userId)
            .orElse(null);
        validator.require(pattern != null, "pattern", "the name of a pattern, or the id of one of yours");
        if (pattern == null || !isSupportedTimeframe || request.timeframe() == null
                || request.timeframe().equals(pattern.timeframe())) {
            return pattern;
        }
        PatternResponse adjustedPattern = withTimeframe(pattern, request.timeframe());
        validator.require(adjustedPattern != null, "timeframe", "%s, as a day is no multiple of %d candles of %s"
            .formatted(pattern.timeframe(), pattern.block(), request.timeframe()));
        return adjustedPattern;
    }

    private Optional<PatternResponse> findPattern(String name, UUID userId) {
        return PatternPresets.named(name)
            .map((preset) -> PatternResponse.of(null, preset))
            .or(() -> this.patternRepository.find(userId, name));
    }

    private static @Nullable PatternResponse withTimeframe(PatternResponse response, String timeframe) {
        Pattern original = response.toPattern();
        try {
            return PatternResponse.of(response.id(),
                    new Pattern(original.name(), Timeframe.valueOf(timeframe), original.block(), original.look(),
                            original.choice(), original.entry(), original.sameBlock(), original.gales(),
                            original.unanimous()));
        }
        catch (IllegalArgumentException ex) {
            return null;
        }
    }

}
