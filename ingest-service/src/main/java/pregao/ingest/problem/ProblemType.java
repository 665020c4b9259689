package pregao.ingest.problem;

import java.util.Locale;

import org.springframework.http.HttpStatus;

/**
 * Types of problems in error responses.
 */
public enum ProblemType {

    /** The body is not JSON or has an unexpected structure. */
    UNREADABLE_BODY(HttpStatus.BAD_REQUEST, "The body cannot be read"),
    /** A header or parameter is invalid. */
    BAD_REQUEST(HttpStatus.BAD_REQUEST, "The request is not understood"),
    /** The API key or token is missing, unknown or no longer valid. */
    UNAUTHORIZED(HttpStatus.UNAUTHORIZED, "A valid API key or login is needed"),
    /** The caller lacks the required permission. */
    FORBIDDEN(HttpStatus.FORBIDDEN, "The caller may not do this"),
    /** The resource does not exist. */
    NOT_FOUND(HttpStatus.NOT_FOUND, "There is nothing here"),
    /** The path does not support the method. */
    METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "The path has no such method"),
    /** No acceptable media type is available. */
    NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE, "The answer is JSON"),
    /** The request is possible only later. */
    NOT_YET(HttpStatus.CONFLICT, "It is too early for this"),
    /** The request conflicts with the current state of the resource. */
    CONFLICT(HttpStatus.CONFLICT, "It clashes with what is there"),
    /** The body did not arrive in time. */
    TIMEOUT(HttpStatus.REQUEST_TIMEOUT, "The body did not arrive in time"),
    /** The request has too many items or bytes. */
    TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "The request is too large; send it in halves"),
    /** The content type or encoding is not supported. */
    UNSUPPORTED_MEDIA_TYPE(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "The body must be JSON"),
    /** No item was accepted. */
    ALL_REJECTED(HttpStatus.UNPROCESSABLE_CONTENT, "Every item was rejected"),
    /** Too many requests or bytes are in flight. */
    BUSY(HttpStatus.TOO_MANY_REQUESTS, "Too much is under way"),
    /** The database or Kafka does not respond. */
    UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "Nothing can be stored at the moment"),
    /** An internal error of the service. */
    INTERNAL(HttpStatus.INTERNAL_SERVER_ERROR, "This should not happen");

    private final HttpStatus status;

    private final String title;

    ProblemType(HttpStatus status, String title) {
        this.status = status;
        this.title = title;
    }

    public HttpStatus status() {
        return this.status;
    }

    String title() {
        return this.title;
    }

    String path() {
        return "/problems/" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Returns the problem type for a status that the framework chose.
     * @param status an HTTP status
     * @return the type of that status, or the nearest type
     */
    static ProblemType forStatus(int status) {
        for (ProblemType type : values()) {
            if (type.status.value() == status && type != UNREADABLE_BODY) {
                return type;
            }
        }
        return (status >= 500) ? INTERNAL : BAD_REQUEST;
    }

}
