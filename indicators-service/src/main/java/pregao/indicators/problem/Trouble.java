package pregao.indicators.problem;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import pregao.indicators.query.FieldError;

/**
 * A kind of problem, its case, and the headers that go with it.
 *
 * @param name the last part of the problem's type
 * @param title the kind in words
 * @param status the HTTP status
 * @param detail this case in words
 * @param errors the parameters that are wrong
 * @param headers such as {@code Retry-After}
 */
public record Trouble(String name, String title, int status, String detail, List<FieldError> errors,
        Map<String, String> headers) {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    public Trouble {
        errors = List.copyOf(errors);
        headers = Map.copyOf(headers);
    }

    static Trouble invalid(List<FieldError> errors) {
        return new Trouble("invalid-parameters", "Parameters are missing or wrong", 400,
                "Correct the parameters named in errors", errors, Map.of());
    }

    static Trouble unavailable(String detail) {
        return new Trouble("unavailable", "Not available for the moment", 503, detail, List.of(),
                Map.of("Retry-After", Long.toString(RETRY_AFTER.toSeconds())));
    }

    static Trouble unexpected() {
        return new Trouble("internal-error", "Something went wrong inside", 500,
                "The failure was recorded under the trace id", List.of(), Map.of());
    }

    static Trouble unauthenticated() {
        return new Trouble("unauthenticated", "Who is asking is not known", 401,
                "Send a valid bearer token, or an API key through the gateway", List.of(),
                Map.of("WWW-Authenticate", "Bearer"));
    }

    static Trouble forbidden() {
        return new Trouble("forbidden", "Not allowed", 403, "The scope read is missing", List.of(), Map.of());
    }

    /**
     * Says that nothing was ever stored of an instrument.
     * @param feed of this feed
     * @param symbol of this symbol
     * @return a 404
     */
    public static Trouble unknownInstrument(String feed, String symbol) {
        return new Trouble("unknown-instrument", "No such instrument", 404,
                "Nothing is stored of symbol '%s' of feed '%s'".formatted(symbol, feed), List.of(), Map.of());
    }

    /**
     * The trouble as an exception.
     * @return to throw, or to give to {@code Mono.error}
     */
    public TroubleException asException() {
        return new TroubleException(this);
    }

    Problem asProblem(String traceId) {
        return new Problem("/problems/" + this.name, this.title, this.status, this.detail, traceId, this.errors);
    }

}
