package pregao.indicators.query;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Instrument;
import pregao.contracts.Timeframe;
import pregao.webapi.problem.InvalidParametersException;
import pregao.webapi.problem.QueryParameters;

/**
 * The parameters of {@code GET /api/coverage}.
 *
 * @param feed the feed; null for all
 * @param symbol the symbol, which requires a {@code feed}; null for all
 * @param timeframe the timeframe
 * @param from the first open time; null for a week before {@code to}
 * @param to the end, exclusive; null for the end of the data
 * @param limit the maximum number of instruments
 * @param after the instrument before the page; null for the first page
 */
public record CoverageQuery(@Nullable String feed, @Nullable String symbol, Timeframe timeframe, @Nullable Instant from,
        @Nullable Instant to, int limit, @Nullable Instrument after) {

    /** The longest period. */
    public static final Duration MAX_DURATION = Duration.ofDays(366);

    /** The period if the request has none. */
    public static final Duration DEFAULT_DURATION = Duration.ofDays(7);

    /** The largest page size. */
    public static final int MAX_LIMIT = 50;

    /** The page size if the request has none. */
    public static final int DEFAULT_LIMIT = 20;

    /**
     * The maximum number of candles that a page examines: a longer period makes pages
     * smaller.
     */
    private static final long MAX_CANDLES = 500_000;

    private static final Instant MIN_TIME = Instant.ofEpochMilli(pregao.contracts.EpochMillis.FIRST);

    private static final Pattern NUMBER = Pattern.compile("[1-9]\\d?");

    /**
     * Parses the parameters of a request.
     * @param values the parameter values by name
     * @param callerFeed the feed if the request has only a symbol; null for none
     * @return the query
     * @throws InvalidParametersException if parameters are invalid; it names all of them
     */
    public static CoverageQuery of(Map<String, String> values, @Nullable String callerFeed) {
        QueryParameters parameters = new QueryParameters(values);
        String symbol = parameters.optional("symbol", Instrument.SYMBOL_RULE, Instrument::symbolOfQuery);
        String feed = parameters.optional("feed", Instrument.FEED_PATTERN, MarketDataQuery::parseFeed);
        if (symbol != null && feed == null && values.getOrDefault("feed", "").isEmpty()) {
            feed = callerFeed;
            if (feed == null) {
                parameters.addError("feed", "a feed, because the token names none");
            }
        }
        Timeframe timeframe = parameters.optional("timeframe", "one of M1, M5, M15, M30, H1, H4, D1", Timeframe::named);
        Instant from = parameters.optional("from", TimeParameter.EXPECTED, TimeParameter::of);
        Instant to = parameters.optional("to", TimeParameter.EXPECTED, TimeParameter::of);
        if (from != null && to != null && Duration.between(from, to).compareTo(MAX_DURATION) > 0) {
            parameters.addError("to", "at most %d days after from".formatted(MAX_DURATION.toDays()));
        }
        Integer limit = parameters.optional("limit", "1 to " + MAX_LIMIT, CoverageQuery::parseLimit);
        InstrumentCursor cursor = parameters.optional("cursor", "the value of next in the page before",
                InstrumentCursor::of);
        if (parameters.hasErrors()) {
            throw parameters.toException();
        }
        return new CoverageQuery(feed, symbol, Objects.requireNonNullElse(timeframe, Timeframe.M1), from, to,
                Objects.requireNonNullElse(limit, DEFAULT_LIMIT), (cursor != null) ? cursor.after() : null);
    }

    /**
     * Returns the start of the effective period.
     * @param end the end of the data, which is now for a live feed
     * @return the first open time
     */
    public Instant from(Instant end) {
        if (this.from != null) {
            return this.from;
        }
        Instant start = to(end).minus(DEFAULT_DURATION);
        return start.isBefore(MIN_TIME) ? MIN_TIME : start;
    }

    /**
     * Returns the end of the effective period.
     * @param end the end of the data, which is now for a live feed
     * @return the end, exclusive; not after {@link #from} if the whole period is in the
     * future
     */
    public Instant to(Instant end) {
        Instant requestedEnd = (this.to != null) ? this.to : end;
        Instant maxEnd = (this.from != null) ? this.from.plus(MAX_DURATION) : end;
        Instant availableEnd = requestedEnd.isBefore(end) ? requestedEnd : end;
        return availableEnd.isBefore(maxEnd) ? availableEnd : maxEnd;
    }

    /**
     * Returns the number of instruments that a page examines.
     * @param now the time of the request
     * @return 1 to {@link #limit}
     */
    public int computePageSize(Instant now) {
        long millis = Math.max(1, Duration.between(from(now), to(now)).toMillis());
        return Math.clamp(MAX_CANDLES * this.timeframe.millis() / millis, 1, this.limit);
    }

    private static Optional<Integer> parseLimit(String text) {
        return Optional.of(text)
            .filter((digits) -> NUMBER.matcher(digits).matches())
            .map(Integer::valueOf)
            .filter((limit) -> limit <= MAX_LIMIT);
    }

}
