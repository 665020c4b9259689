package pregao.gateway.problem;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Kind of a problem, the details of its occurrence, and the response headers that go with
 * it.
 *
 * @param name the last part of the problem type
 * @param title the summary of the kind of problem
 * @param status the HTTP status
 * @param detail the explanation of this occurrence
 * @param headers additional response headers, such as {@code Retry-After}
 */
public record ProblemDefinition(String name, String title, int status, String detail, Map<String, String> headers) {

    private static final Map<String, String> RETRY_HEADERS = Map.of("Retry-After", "1");

    public ProblemDefinition {
        headers = Map.copyOf(headers);
    }

    /**
     * Creates a problem for a caller who is not authenticated.
     * @param detail what is wrong with the credential
     * @return a problem with status 401
     */
    public static ProblemDefinition unauthenticated(String detail) {
        return new ProblemDefinition("unauthenticated", "Who is asking is not known", 401, detail,
                Map.of("WWW-Authenticate", "Bearer"));
    }

    /**
     * Creates a problem for a caller who lacks a scope.
     * @param scope the missing scope
     * @return a problem with status 403
     */
    public static ProblemDefinition forbidden(String scope) {
        return new ProblemDefinition("forbidden", "Not allowed", 403, "The API key lacks the scope " + scope, Map.of());
    }

    /**
     * Creates a problem for a page of an origin that is not allowed.
     * @return a problem with status 403
     */
    public static ProblemDefinition originNotAllowed() {
        return new ProblemDefinition("origin-not-allowed", "Pages of this origin may not ask", 403,
                "The origin, method or a header of the request is not on the list of the installation", Map.of());
    }

    /**
     * Creates a problem for a live channel that this version does not have.
     * @return a problem with status 404
     */
    public static ProblemDefinition noLiveChannel() {
        return new ProblemDefinition("live-channel-not-available", "There is no live channel", 404,
                "This version of Pregão has no live channel; read with GET instead", Map.of());
    }

    /**
     * Creates a problem for a body that is too large.
     * @param maxBytes the limit in bytes
     * @return a problem with status 413
     */
    public static ProblemDefinition contentTooLarge(long maxBytes) {
        return new ProblemDefinition("content-too-large", "The body is too large", 413,
                "At most %d bytes; send less at once".formatted(maxBytes), Map.of("Connection", "close"));
    }

    /**
     * Creates a problem for a dependency that is temporarily unavailable.
     * @param detail what is unavailable
     * @return a problem with status 503 and {@code Retry-After}
     */
    public static ProblemDefinition unavailable(String detail) {
        return new ProblemDefinition("unavailable", "Not available for the moment", 503, detail, RETRY_HEADERS);
    }

    /**
     * Creates a problem for a service whose circuit breaker is open.
     * @param detail what is unavailable
     * @param retryAfter the time to wait, rounded up to seconds
     * @return a problem with status 503 and {@code Retry-After}
     */
    public static ProblemDefinition unavailable(String detail, Duration retryAfter) {
        return new ProblemDefinition("unavailable", "Not available for the moment", 503, detail,
                Map.of("Retry-After", formatSeconds(retryAfter)));
    }

    /**
     * Creates a problem for a caller who exceeds a rate limit.
     * @param detail the exceeded limit
     * @param retryAfter the time to wait, rounded up to seconds
     * @param rateLimitHeaders further headers that describe the limit
     * @return a problem with status 429 and {@code Retry-After}
     */
    public static ProblemDefinition tooManyRequests(String detail, Duration retryAfter,
            Map<String, String> rateLimitHeaders) {
        Map<String, String> headers = new HashMap<>(rateLimitHeaders);
        headers.put("Retry-After", formatSeconds(retryAfter));
        return new ProblemDefinition("too-many-requests", "Too many requests", 429, detail, headers);
    }

    private static String formatSeconds(Duration retryAfter) {
        return Long.toString(Math.max(1, retryAfter.plusMillis(999).toSeconds()));
    }

    static ProblemDefinition gatewayTimeout() {
        return new ProblemDefinition("gateway-timeout", "No answer in time", 504,
                "The service behind the gateway did not answer in time", RETRY_HEADERS);
    }

    static ProblemDefinition internalError() {
        return new ProblemDefinition("internal-error", "Something went wrong inside", 500,
                "The failure was recorded under the trace id", Map.of());
    }

    /**
     * Wraps this problem in an exception.
     * @return an exception to throw or to pass to {@code Mono.error}
     */
    public ProblemException asException() {
        return new ProblemException(this);
    }

    Problem asProblem(String traceId) {
        return new Problem("/problems/" + this.name, this.title, this.status, this.detail, traceId);
    }

}
