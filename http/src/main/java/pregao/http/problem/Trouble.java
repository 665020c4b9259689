package pregao.http.problem;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A kind of problem, its case, and the headers that go with it.
 *
 * @param name the last part of the problem's type
 * @param title the kind in words
 * @param status the HTTP status
 * @param detail this case in words
 * @param errors the fields that are wrong
 * @param headers such as {@code Retry-After}
 */
public record Trouble(String name, String title, int status, String detail, List<FieldError> errors,
        Map<String, String> headers) {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    public Trouble {
        errors = List.copyOf(errors);
        headers = Map.copyOf(headers);
    }

    /**
     * Says which fields are wrong.
     * @param errors at least one
     * @return a 422
     */
    public static Trouble invalid(List<FieldError> errors) {
        return new Trouble("invalid-fields", "Fields are missing or wrong", 422, "Correct the fields named in errors",
                errors, Map.of());
    }

    /**
     * Says which parameters are wrong.
     * @param errors at least one
     * @return a 400
     */
    public static Trouble parameters(List<FieldError> errors) {
        return new Trouble("invalid-parameters", "Parameters are missing or wrong", 400,
                "Correct the parameters named in errors", errors, Map.of());
    }

    /**
     * Says that it may work later.
     * @param detail what is not there
     * @return a 503
     */
    public static Trouble unavailable(String detail) {
        return new Trouble("unavailable", "Not available for the moment", 503, detail, List.of(),
                retryAfter(RETRY_AFTER));
    }

    /**
     * Says that there were too many tries.
     * @param wait until the next one is taken
     * @return a 429
     */
    public static Trouble tooMany(Duration wait) {
        return new Trouble("too-many-attempts", "Too many attempts", 429, "Wait as long as Retry-After says", List.of(),
                retryAfter(wait));
    }

    /**
     * Says that it clashes with what is there.
     * @param name the last part of the problem's type
     * @param detail with what
     * @return a 409
     */
    public static Trouble conflict(String name, String detail) {
        return new Trouble(name, "It clashes with what is there", 409, detail, List.of(), Map.of());
    }

    /**
     * Says that an {@code Idempotency-Key} came with another request before.
     * @return a 422
     */
    public static Trouble keyReused() {
        return new Trouble("key-reused", "The Idempotency-Key was another request's", 422,
                "Send another key with another request", List.of(), Map.of());
    }

    /**
     * Says that there is no such thing, or that it is somebody else's.
     * @return a 404
     */
    public static Trouble notFound() {
        return new Trouble("not-found", "There is no such thing", 404, "Nothing of yours has this name", List.of(),
                Map.of());
    }

    /**
     * Says that the caller did not show who it is.
     * @param name the last part of the problem's type
     * @param detail what was wrong
     * @return a 401
     */
    public static Trouble refused(String name, String detail) {
        return new Trouble(name, "Who is asking is not known", 401, detail, List.of(),
                Map.of("WWW-Authenticate", "Bearer"));
    }

    static Trouble unexpected() {
        return new Trouble("internal-error", "Something went wrong inside", 500,
                "The failure was recorded under the trace id", List.of(), Map.of());
    }

    public static Trouble unauthenticated() {
        return refused("unauthenticated", "Send the access token of a login as a bearer token");
    }

    /**
     * Says that the caller is known and may not.
     * @param detail what is missing
     * @return a 403
     */
    public static Trouble forbidden(String detail) {
        return new Trouble("forbidden", "Not allowed", 403, detail, List.of(), Map.of());
    }

    private static Map<String, String> retryAfter(Duration wait) {
        return Map.of("Retry-After", Long.toString(Math.max(1, wait.plusMillis(999).toSeconds())));
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
