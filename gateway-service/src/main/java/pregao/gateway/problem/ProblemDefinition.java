package pregao.gateway.problem;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * A kind of problem, its case, and the headers that go with it.
 *
 * @param name the last part of the problem's type
 * @param title the kind in words
 * @param status the HTTP status
 * @param detail this case in words
 * @param headers such as {@code Retry-After}
 */
public record ProblemDefinition(String name, String title, int status, String detail, Map<String, String> headers) {

    private static final Map<String, String> RETRY_HEADERS = Map.of("Retry-After", "1");

    public ProblemDefinition {
        headers = Map.copyOf(headers);
    }

    /**
     * Nobody known is asking.
     * @param detail what is wrong with the key
     * @return a 401
     */
    public static ProblemDefinition unauthenticated(String detail) {
        return new ProblemDefinition("unauthenticated", "Who is asking is not known", 401, detail,
                Map.of("WWW-Authenticate", "Bearer"));
    }

    /**
     * The caller is known but may not.
     * @param scope what the key lacks
     * @return a 403
     */
    public static ProblemDefinition forbidden(String scope) {
        return new ProblemDefinition("forbidden", "Not allowed", 403, "The API key lacks the scope " + scope, Map.of());
    }

    /**
     * A page of another origin is asking.
     * @return a 403
     */
    public static ProblemDefinition originNotAllowed() {
        return new ProblemDefinition("origin-not-allowed", "Pages of this origin may not ask", 403,
                "The origin, method or a header of the request is not on the list of the installation", Map.of());
    }

    /**
     * There is nothing that a ticket could open.
     * @return a 404
     */
    public static ProblemDefinition noLiveChannel() {
        return new ProblemDefinition("live-channel-not-available", "There is no live channel", 404,
                "This version of Pregão has no live channel; read with GET instead", Map.of());
    }

    /**
     * The body is too large.
     * @param maxBytes how many it may have
     * @return a 413
     */
    public static ProblemDefinition contentTooLarge(long maxBytes) {
        return new ProblemDefinition("content-too-large", "The body is too large", 413,
                "At most %d bytes; send less at once".formatted(maxBytes), Map.of("Connection", "close"));
    }

    /**
     * What should answer cannot for the moment.
     * @param detail what is not there
     * @return a 503 that says when to come back
     */
    public static ProblemDefinition unavailable(String detail) {
        return new ProblemDefinition("unavailable", "Not available for the moment", 503, detail, RETRY_HEADERS);
    }

    /**
     * What should answer is left alone for a while.
     * @param detail what is not there
     * @param retryAfter when to come back, in whole seconds, rounded up
     * @return a 503 that says when
     */
    public static ProblemDefinition unavailable(String detail, Duration retryAfter) {
        return new ProblemDefinition("unavailable", "Not available for the moment", 503, detail,
                Map.of("Retry-After", formatSeconds(retryAfter)));
    }

    /**
     * The caller asks too often.
     * @param detail which limit it met
     * @param retryAfter when to come back, in whole seconds, rounded up
     * @param rateLimitHeaders what else the answer says of the limit
     * @return a 429 that says when
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
     * The trouble as an exception.
     * @return to throw, or to give to {@code Mono.error}
     */
    public ProblemException asException() {
        return new ProblemException(this);
    }

    Problem asProblem(String traceId) {
        return new Problem("/problems/" + this.name, this.title, this.status, this.detail, traceId);
    }

}
