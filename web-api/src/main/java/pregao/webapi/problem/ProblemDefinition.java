package pregao.webapi.problem;

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
public record ProblemDefinition(String name, String title, int status, String detail, List<FieldViolation> errors,
        Map<String, String> headers) {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    public ProblemDefinition {
        errors = List.copyOf(errors);
        headers = Map.copyOf(headers);
    }

    /**
     * Says which fields are wrong.
     * @param errors at least one
     * @return a 422
     */
    public static ProblemDefinition invalidFields(List<FieldViolation> errors) {
        return new ProblemDefinition("invalid-fields", "Fields are missing or wrong", 422,
                "Correct the fields named in errors", errors, Map.of());
    }

    /**
     * Says which parameters are wrong.
     * @param errors at least one
     * @return a 400
     */
    public static ProblemDefinition invalidParameters(List<FieldViolation> errors) {
        return new ProblemDefinition("invalid-parameters", "Parameters are missing or wrong", 400,
                "Correct the parameters named in errors", errors, Map.of());
    }

    /**
     * Says that it may work later.
     * @param detail what is not there
     * @return a 503
     */
    public static ProblemDefinition unavailable(String detail) {
        return new ProblemDefinition("unavailable", "Not available for the moment", 503, detail, List.of(),
                createRetryAfter(RETRY_AFTER));
    }

    /**
     * Says that there were too many tries.
     * @param retryAfter until the next one is taken
     * @return a 429
     */
    public static ProblemDefinition tooManyAttempts(Duration retryAfter) {
        return new ProblemDefinition("too-many-attempts", "Too many attempts", 429, "Wait as long as Retry-After says",
                List.of(), createRetryAfter(retryAfter));
    }

    /**
     * Says that it clashes with what is there.
     * @param name the last part of the problem's type
     * @param detail with what
     * @return a 409
     */
    public static ProblemDefinition conflict(String name, String detail) {
        return new ProblemDefinition(name, "It clashes with what is there", 409, detail, List.of(), Map.of());
    }

    /**
     * Says that an {@code Idempotency-Key} came with another request before.
     * @return a 422
     */
    public static ProblemDefinition idempotencyKeyReused() {
        return new ProblemDefinition("key-reused", "The Idempotency-Key was another request's", 422,
                "Send another key with another request", List.of(), Map.of());
    }

    /**
     * Says that there is no such thing, or that it is somebody else's.
     * @return a 404
     */
    public static ProblemDefinition notFound() {
        return new ProblemDefinition("not-found", "There is no such thing", 404, "Nothing of yours has this name",
                List.of(), Map.of());
    }

    /**
     * Says that the caller did not show who it is.
     * @param name the last part of the problem's type
     * @param detail what was wrong
     * @return a 401
     */
    public static ProblemDefinition unauthorized(String name, String detail) {
        return new ProblemDefinition(name, "Who is asking is not known", 401, detail, List.of(),
                Map.of("WWW-Authenticate", "Bearer"));
    }

    static ProblemDefinition internalError() {
        return new ProblemDefinition("internal-error", "Something went wrong inside", 500,
                "The failure was recorded under the trace id", List.of(), Map.of());
    }

    public static ProblemDefinition unauthenticated() {
        return unauthorized("unauthenticated", "Send the access token of a login as a bearer token");
    }

    /**
     * Says that the caller is known and may not.
     * @param detail what is missing
     * @return a 403
     */
    public static ProblemDefinition forbidden(String detail) {
        return new ProblemDefinition("forbidden", "Not allowed", 403, detail, List.of(), Map.of());
    }

    private static Map<String, String> createRetryAfter(Duration delay) {
        return Map.of("Retry-After", Long.toString(Math.max(1, delay.plusMillis(999).toSeconds())));
    }

    /**
     * The trouble as an exception.
     * @return to throw, or to give to {@code Mono.error}
     */
    public ProblemException asException() {
        return new ProblemException(this);
    }

    Problem asProblem(String traceId) {
        return new Problem("/problems/" + this.name, this.title, this.status, this.detail, traceId, this.errors);
    }

}
