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
 * Of which candles a reader wants to know how good they are.
 *
 * @param feed of this feed only; null for all
 * @param symbol of this symbol only, which makes {@code feed} known; null for all
 * @param timeframe of this length
 * @param from the first open time; null for a week before {@code to}
 * @param to the end; null for the end of the data
 * @param limit at most this many instruments
 * @param after only instruments behind this one; null for all
 */
public record CoverageQuery(@Nullable String feed, @Nullable String symbol, Timeframe timeframe, @Nullable Instant from,
        @Nullable Instant to, int limit, @Nullable Instrument after) {

    /** The longest time. */
    public static final Duration MAX_DURATION = Duration.ofDays(366);

    /** The time where the caller names none. */
    public static final Duration DEFAULT_DURATION = Duration.ofDays(7);

    /** The largest page. */
    public static final int MAX_LIMIT = 50;

    /** The page where the caller names none. */
    public static final int DEFAULT_LIMIT = 20;

    /**
     * So many candles are looked at for one answer: a longer time makes smaller pages.
     */
    private static final long MAX_CANDLES = 500_000;

    private static final Instant MIN_TIME = Instant.ofEpochMilli(pregao.contracts.EpochMillis.FIRST);

    private static final Pattern NUMBER = Pattern.compile("[1-9]\\d?");

    /**
     * Reads the parameters of a request.
     * @param values by name
     * @param callerFeed the feed that is meant where only a symbol is given; null for
     * none
     * @return the query
     * @throws InvalidParametersException naming every parameter that is wrong
     */
    public static CoverageQuery of(Map<String, String> values, @Nullable String callerFeed) {
        QueryParameters parameters = new QueryParameters(values);
        String symbol = parameters.optional("symbol", Instrument.SYMBOL_RULE, Instrument::symbolOfQuery);
        String feed = parameters.optional("feed", Instrument.FEED_PATTERN, MarketDataQuery::parseFeed);
        if (symbol != null && feed == null && values.getOrDefault("feed", "").isEmpty()) {
            feed = callerFeed;
            if (feed == null) {
                parameters.wrong("feed", "a feed, because the token names none");
            }
        }
        Timeframe timeframe = parameters.optional("timeframe", "one of M1, M5, M15, M30, H1, H4, D1", Timeframe::named);
        Instant from = parameters.optional("from", TimeParameter.EXPECTED, TimeParameter::of);
        Instant to = parameters.optional("to", TimeParameter.EXPECTED, TimeParameter::of);
        if (from != null && to != null && Duration.between(from, to).compareTo(MAX_DURATION) > 0) {
            parameters.wrong("to", "at most %d days after from".formatted(MAX_DURATION.toDays()));
        }
        Integer limit = parameters.optional("limit", "1 to " + MAX_LIMIT, CoverageQuery::limit);
        InstrumentCursor cursor = parameters.optional("cursor", "the value of next in the page before",
                InstrumentCursor::of);
        if (parameters.anyWrong()) {
            throw parameters.failure();
        }
        return new CoverageQuery(feed, symbol, Objects.requireNonNullElse(timeframe, Timeframe.M1), from, to,
                Objects.requireNonNullElse(limit, DEFAULT_LIMIT), (cursor != null) ? cursor.after() : null);
    }

    /**
     * The time that is meant.
     * @param end of the data, which is now for a live feed
     * @return the first moment
     */
    public Instant from(Instant end) {
        if (this.from != null) {
            return this.from;
        }
        Instant start = to(end).minus(DEFAULT_DURATION);
        return start.isBefore(MIN_TIME) ? MIN_TIME : start;
    }

    /**
     * The time that is meant.
     * @param end of the data, which is now for a live feed
     * @return the end; not after {@link #from} where all of it is still to come
     */
    public Instant to(Instant end) {
        Instant requestedEnd = (this.to != null) ? this.to : end;
        Instant maxEnd = (this.from != null) ? this.from.plus(MAX_DURATION) : end;
        Instant availableEnd = requestedEnd.isBefore(end) ? requestedEnd : end;
        return availableEnd.isBefore(maxEnd) ? availableEnd : maxEnd;
    }

    /**
     * How many instruments are looked at for one answer.
     * @param now the moment of the question
     * @return 1 to {@link #limit}
     */
    public int computePageSize(Instant now) {
        long millis = Math.max(1, Duration.between(from(now), to(now)).toMillis());
        return Math.clamp(MAX_CANDLES * this.timeframe.millis() / millis, 1, this.limit);
    }

    private static Optional<Integer> limit(String text) {
        return Optional.of(text)
            .filter((digits) -> NUMBER.matcher(digits).matches())
            .map(Integer::valueOf)
            .filter((limit) -> limit <= MAX_LIMIT);
    }

}
