package pregao.indicators.query;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Instrument;
import pregao.contracts.Timeframe;
import pregao.contracts.indicator.IndicatorConvention;
import pregao.webapi.problem.InvalidParametersException;
import pregao.webapi.problem.QueryParameters;

/**
 * The parameters of {@code GET /api/market-data}.
 *
 * @param instrument the instrument
 * @param timeframe the timeframe
 * @param convention the convention of the indicators
 * @param from the first open time; null for the latest candles
 * @param to the end of the open times, exclusive; null for no end
 * @param limit the maximum number of candles
 */
public record MarketDataQuery(Instrument instrument, Timeframe timeframe, IndicatorConvention convention,
        @Nullable Instant from, @Nullable Instant to, int limit) {

    /** The largest page size. */
    public static final int MAX_LIMIT = 5_000;

    /** The page size if the request has none. */
    public static final int DEFAULT_LIMIT = 500;

    private static final Pattern FEED = Pattern.compile(Instrument.FEED_PATTERN);

    private static final Pattern NUMBER = Pattern.compile("[1-9]\\d{0,3}");

    public MarketDataQuery {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("limit is 1 to %d, not %d".formatted(MAX_LIMIT, limit));
        }
    }

    /**
     * Parses the parameters of a request.
     * @param values the parameter values by name
     * @param callerFeed the feed if the request has none; null for none
     * @param defaultConvention the convention if the request has none
     * @return the query
     * @throws InvalidParametersException if parameters are invalid; it names all of them
     */
    public static MarketDataQuery of(Map<String, String> values, @Nullable String callerFeed,
            IndicatorConvention defaultConvention) {
        QueryParameters parameters = new QueryParameters(values);
        String symbol = parameters.required("symbol", Instrument.SYMBOL_RULE, Instrument::symbolOfQuery);
        Timeframe timeframe = parameters.required("timeframe", "one of M1, M5, M15, M30, H1, H4, D1", Timeframe::named);
        String feed = parameters.optional("feed", Instrument.FEED_PATTERN, MarketDataQuery::parseFeed);
        if (feed == null && values.getOrDefault("feed", "").isEmpty()) {
            feed = callerFeed;
            if (feed == null) {
                parameters.addError("feed", "a feed, because the token names none");
            }
        }
        IndicatorConvention convention = parameters.optional("convention", "one of plain, mt5, classic",
                IndicatorConvention::named);
        PageCursor cursor = parameters.optional("cursor", "the value of next in the page before", PageCursor::of);
        Instant from = parameters.optional("from", TimeParameter.EXPECTED, TimeParameter::of);
        Instant to = parameters.optional("to", TimeParameter.EXPECTED, TimeParameter::of);
        Integer limit = parameters.optional("limit", "1 to " + MAX_LIMIT, MarketDataQuery::parseLimit);
        if (parameters.hasErrors()) {
            throw parameters.toException();
        }
        return new MarketDataQuery(new Instrument(Objects.requireNonNull(feed), Objects.requireNonNull(symbol)),
                Objects.requireNonNull(timeframe), Objects.requireNonNullElse(convention, defaultConvention),
                (cursor != null) ? cursor.from() : from, to, Objects.requireNonNullElse(limit, DEFAULT_LIMIT));
    }

    static Optional<String> parseFeed(String text) {
        return Optional.of(text).filter((feed) -> FEED.matcher(feed).matches());
    }

    private static Optional<Integer> parseLimit(String text) {
        return Optional.of(text)
            .filter((digits) -> NUMBER.matcher(digits).matches())
            .map(Integer::valueOf)
            .filter((limit) -> limit <= MAX_LIMIT);
    }

}
