package pregao.webapi.problem;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Kind of a problem, the details of its occurrence, and the response headers that go with
 * it.
 *
 * @param name the last part of the problem type
 * @param title the summary of the kind of problem
 * @param status the HTTP status
 * @param detail the explanation of this occurrence
 * @param errors the invalid fields
 * @param headers additional response headers, such as {@code Retry-After}
 */
public record ProblemDefinition(String name, String title, int status, String detail, List<FieldViolation> errors,
        Map<String, String> headers) {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    public ProblemDefinition {
        errors = List.copyOf(errors);
        headers = Map.copyOf(headers);
    }

    /**
     * Creates a problem for invalid fields of a request body.
     * @param errors the violations, at least one
     * @return a problem with status 422
     */
    public static ProblemDefinition invalidFields(List<FieldViolation> errors) {
        return new ProblemDefinition("invalid-fields", "Fields are missing or wrong", 422,
                "Correct the fields named in errors", errors, Map.of());
    }

    /**
     * Creates a problem for invalid request parameters.
     * @param errors the violations, at least one
     * @return a problem with status 400
     */
    public static ProblemDefinition invalidParameters(List<FieldViolation> errors) {
        return new ProblemDefinition("invalid-parameters", "Parameters are missing or wrong", 400,
                "Correct the parameters named in errors", errors, Map.of());
    }

    /**
     * Creates a problem for a dependency that is temporarily unavailable.
     * @param detail what is unavailable
     * @return a problem with status 503 and {@code Retry-After}
     */
    public static ProblemDefinition unavailable(String detail) {
        return new ProblemDefinition("unavailable", "Not available for the moment", 503, detail, List.of(),
                createRetryAfter(RETRY_AFTER));
    }

    /**
     * Creates a problem for too many attempts.
     * @param retryAfter the time until the next attempt is allowed
     * @return a problem with status 429 and {@code Retry-After}
     */
    public static ProblemDefinition tooManyAttempts(Duration retryAfter) {
        return new ProblemDefinition("too-many-attempts", "Too many attempts", 429, "Wait as long as Retry-After says",
                List.of(), createRetryAfter(retryAfter));
    }

    /**
     * Creates a problem for a conflict with existing data.
     * @param name the last part of the problem type
     * @param detail a description of the conflict
     * @return a problem with status 409
     */
    public static ProblemDefinition conflict(String name, String detail) {
        return new ProblemDefinition(name, "It clashes with what is there", 409, detail, List.of(), Map.of());
    }

    /**
     * Creates a problem for an {@code Idempotency-Key} that was already sent with a
     * different request.
     * @return a problem with status 422
     */
    public static ProblemDefinition idempotencyKeyReused() {
        return new ProblemDefinition("key-reused", "The Idempotency-Key was another request's", 422,
                "Send another key with another request", List.of(), Map.of());
    }

    /**
     * Creates a problem for a resource that does not exist or belongs to another user.
     * @return a problem with status 404
     */
    public static ProblemDefinition notFound() {
        return new ProblemDefinition("not-found", "There is no such thing", 404, "Nothing of yours has this name",
                List.of(), Map.of());
    }

    /**
     * Creates a problem for a caller who is not authenticated.
     * @param name the last part of the problem type
     * @param detail why authentication failed
     * @return a problem with status 401 and {@code WWW-Authenticate}
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
     * Creates a problem for a caller who is authenticated but not authorized.
     * @param detail the missing permission
     * @return a problem with status 403
     */
    public static ProblemDefinition forbidden(String detail) {
        return new ProblemDefinition("forbidden", "Not allowed", 403, detail, List.of(), Map.of());
    }

    private static Map<String, String> createRetryAfter(Duration delay) {
        return Map.of("Retry-After", Long.toString(Math.max(1, delay.plusMillis(999).toSeconds())));
    }

    /**
     * Wraps this problem in an exception.
     * @return an exception to throw or to pass to {@code Mono.error}
     */
    public ProblemException asException() {
        return new ProblemException(this);
    }

    Problem asProblem(String traceId) {
        return new Problem("/problems/" + this.name, this.title, this.status, this.detail, traceId, this.errors);
    }

}
