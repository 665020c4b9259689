package pregao.ingest.quarantine;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Instrument;
import pregao.contracts.Timeframe;
import pregao.ingest.access.Caller;
import pregao.ingest.problem.IngestException;
import pregao.ingest.problem.ProblemType;

/**
 * Request body of a bulk release.
 *
 * @param feed the feed of the instrument, or null for the feed of the API key
 * @param symbol the symbol of the instrument
 * @param timeframe the timeframe of candles, {@code tick}, or null for all items
 * @param from the start of the time range, inclusive
 * @param to the end of the time range, exclusive
 */
record BulkReleaseRequest(@Nullable String feed, @Nullable String symbol, @Nullable String timeframe,
        @Nullable String from, @Nullable String to) {

    /** The timeframe that stands for ticks. */
    static final String TICK = "tick";

    private static final String EXPECTED_TIME = "a time with an offset, such as 2025-10-20T03:00:00Z";

    /**
     * Validates the request.
     * @param caller the caller of the request
     * @return the validated request
     * @throws IngestException 400 if a field is invalid; 404 if the caller has no access
     * to the feed
     */
    BulkRelease validate(Caller caller) {
        String resolvedFeed = caller.resolveFeed(this.feed);
        String canonicalSymbol = Optional.ofNullable(this.symbol)
            .flatMap(Instrument::symbolOf)
            .orElseThrow(() -> badRequest("symbol", "a symbol: " + Instrument.SYMBOL_RULE));
        if (this.timeframe != null && !this.timeframe.equals(TICK) && Timeframe.named(this.timeframe).isEmpty()) {
            throw badRequest("timeframe", "M1, M5, M15, M30, H1, H4, D1 or tick");
        }
        Instant start = parseTime("from", this.from);
        Instant end = parseTime("to", this.to);
        if (!start.isBefore(end)) {
            throw badRequest("to", "a time after from");
        }
        return new BulkRelease(resolvedFeed, canonicalSymbol, this.timeframe, start, end);
    }

    private static Instant parseTime(String name, @Nullable String text) {
        try {
            if (text != null) {
                return OffsetDateTime.parse(text).toInstant();
            }
        }
        catch (DateTimeException ex) {
            throw badRequest(name, EXPECTED_TIME, ex);
        }
        throw badRequest(name, EXPECTED_TIME);
    }

    private static IngestException badRequest(String field, String expected) {
        return badRequest(field, expected, null);
    }

    private static IngestException badRequest(String field, String expected, @Nullable Exception cause) {
        String detail = "%s is not %s".formatted(field, expected);
        IngestException problem = (cause != null) ? IngestException.of(ProblemType.BAD_REQUEST, detail, cause)
                : IngestException.of(ProblemType.BAD_REQUEST, detail);
        return problem.error(new IngestException.FieldError(-1, field, expected, "not understood"));
    }

    /**
     * Validated request for a bulk release.
     *
     * @param feed the feed of the instrument
     * @param symbol the symbol of the instrument
     * @param timeframe the timeframe of candles, {@code tick}, or null for all items
     * @param from the start of the time range, inclusive
     * @param to the end of the time range, exclusive
     */
    record BulkRelease(String feed, String symbol, @Nullable String timeframe, Instant from, Instant to) {

        boolean hasTicks() {
            return this.timeframe == null || this.timeframe.equals(TICK);
        }

        boolean hasCandles() {
            return !TICK.equals(this.timeframe);
        }

    }

}
