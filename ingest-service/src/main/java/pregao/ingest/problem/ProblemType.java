package pregao.ingest.problem;

import java.util.Locale;

import org.springframework.http.HttpStatus;

/**
 * The kinds of problems this service answers.
 */
public enum ProblemType {

    /** The body is not JSON, or has another shape. */
    UNREADABLE_BODY(HttpStatus.BAD_REQUEST, "The body cannot be read"),
    /** A header or parameter is not understood. */
    BAD_REQUEST(HttpStatus.BAD_REQUEST, "The request is not understood"),
    /** No key or token, an unknown one, or one that is no longer valid. */
    UNAUTHORIZED(HttpStatus.UNAUTHORIZED, "A valid API key or login is needed"),
    /** The caller may not do this. */
    FORBIDDEN(HttpStatus.FORBIDDEN, "The caller may not do this"),
    /** There is no such path. */
    NOT_FOUND(HttpStatus.NOT_FOUND, "There is nothing here"),
    /** The path has no such method. */
    METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "The path has no such method"),
    /** No form of the answer is acceptable. */
    NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE, "The answer is JSON"),
    /** It may be asked for later. */
    NOT_YET(HttpStatus.CONFLICT, "It is too early for this"),
    /** What is there stands against it. */
    CONFLICT(HttpStatus.CONFLICT, "It clashes with what is there"),
    /** The body came too slowly. */
    TIMEOUT(HttpStatus.REQUEST_TIMEOUT, "The body did not arrive in time"),
    /** Too many items or bytes. */
    TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "The request is too large; send it in halves"),
    /** Neither JSON nor what stands for it. */
    UNSUPPORTED_MEDIA_TYPE(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "The body must be JSON"),
    /** No item was taken. */
    ALL_REJECTED(HttpStatus.UNPROCESSABLE_CONTENT, "Every item was rejected"),
    /** Too much is under way. */
    BUSY(HttpStatus.TOO_MANY_REQUESTS, "Too much is under way"),
    /** The database or Kafka does not answer. */
    UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "Nothing can be stored at the moment"),
    /** A fault of ours. */
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
     * The type of a status that the framework chose.
     * @param status an HTTP status
     * @return the nearest type
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
