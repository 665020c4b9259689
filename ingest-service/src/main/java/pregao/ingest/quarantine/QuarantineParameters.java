package pregao.ingest.quarantine;

import java.util.Optional;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

import pregao.contracts.Instrument;
import pregao.contracts.Timeframe;
import pregao.ingest.access.Caller;
import pregao.ingest.candle.ConflictQuery;
import pregao.ingest.candle.QuarantineQuery;
import pregao.ingest.problem.IngestException;
import pregao.ingest.problem.ProblemType;

/**
 * Parser for the query parameters of pages of the quarantine and of conflicts.
 */
public final class QuarantineParameters {

    private static final Pattern ID_PATTERN = Pattern.compile("[1-9][0-9]{0,17}");

    private static final int DEFAULT_LIMIT = 100;

    private final MultiValueMap<String, String> queryParams;

    private QuarantineParameters(MultiValueMap<String, String> queryParams) {
        this.queryParams = queryParams;
    }

    /**
     * Parses the parameters of a page of the quarantine.
     * @param queryParams the query parameters
     * @param caller the caller of the request
     * @return the query
     * @throws IngestException 400 if a parameter is invalid; 404 if the caller has no
     * access to the feed, whether it exists or not
     */
    static QuarantineQuery read(MultiValueMap<String, String> queryParams, Caller caller) {
        QuarantineParameters parameters = new QuarantineParameters(queryParams);
        return parameters.read(caller.resolveFeed(parameters.text("feed")));
    }

    private QuarantineQuery read(String feed) {
        String state = text("state");
        QuarantineQuery.State stateFilter = (state == null) ? QuarantineQuery.State.HELD
                : QuarantineQuery.State.of(state).orElseThrow(() -> badRequest("state", "held or released"));
        return new QuarantineQuery(feed, stateFilter, symbol(), timeframe(true), beforeId(), limit());
    }

    /**
     * Parses the parameters of a page of conflicts.
     * @param queryParams the query parameters
     * @param caller the caller of the request
     * @return the query
     * @throws IngestException as in {@link #read(MultiValueMap, Caller)}
     */
    public static ConflictQuery readConflicts(MultiValueMap<String, String> queryParams, Caller caller) {
        QuarantineParameters parameters = new QuarantineParameters(queryParams);
        String feed = caller.resolveFeed(parameters.text("feed"));
        String state = parameters.text("state");
        ConflictQuery.State stateFilter = (state == null) ? ConflictQuery.State.OPEN
                : ConflictQuery.State.of(state).orElseThrow(() -> badRequest("state", "open or accepted"));
        return new ConflictQuery(feed, stateFilter, parameters.symbol(), parameters.timeframe(false),
                parameters.beforeId(), parameters.limit());
    }

    private @Nullable String symbol() {
        String text = text("symbol");
        return (text == null) ? null : Instrument.symbolOfQuery(text)
            .orElseThrow(() -> badRequest("symbol", "a symbol: " + Instrument.SYMBOL_RULE));
    }

    private @Nullable String timeframe(boolean allowTick) {
        String timeframe = text("timeframe");
        boolean isTick = allowTick && BulkReleaseRequest.TICK.equals(timeframe);
        if (timeframe != null && !isTick && Timeframe.named(timeframe).isEmpty()) {
            throw badRequest("timeframe",
                    allowTick ? "M1, M5, M15, M30, H1, H4, D1 or tick" : "M1, M5, M15, M30, H1, H4 or D1");
        }
        return timeframe;
    }

    private long beforeId() {
        String cursor = text("cursor");
        return (cursor == null) ? Long.MAX_VALUE
                : parseId(cursor).orElseThrow(() -> badRequest("cursor", "next of the previous page"));
    }

    private int limit() {
        String text = text("limit");
        if (text == null) {
            return DEFAULT_LIMIT;
        }
        return parseId(text).filter((number) -> number <= QuarantineQuery.MAX_PAGE_SIZE)
            .orElseThrow(() -> badRequest("limit", "1 to " + QuarantineQuery.MAX_PAGE_SIZE))
            .intValue();
    }

    private @Nullable String text(String name) {
        String text = this.queryParams.getFirst(name);
        return (text == null || text.isEmpty()) ? null : text;
    }

    /**
     * Parses the ID of an item.
     * @param text the path variable
     * @return the ID, or empty if the text is not an ID
     */
    public static Optional<Long> parseId(String text) {
        return ID_PATTERN.matcher(text).matches() ? Optional.of(Long.valueOf(text)) : Optional.empty();
    }

    private static IngestException badRequest(String parameter, String expected) {
        return IngestException.of(ProblemType.BAD_REQUEST, "%s is not %s".formatted(parameter, expected))
            .error(new IngestException.FieldError(-1, parameter, expected, "not understood"));
    }

}
