package pregao.ingest.problem;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/**
 * Exception of a failed request, with the contents of the error response.
 */
public final class IngestException extends RuntimeException {

    private final ProblemType type;

    private final HttpHeaders headers = new HttpHeaders();

    private final Map<String, Long> members = new LinkedHashMap<>();

    private final List<FieldError> errors = new ArrayList<>();

    private IngestException(ProblemType type, String detail, Throwable cause) {
        super(detail, cause, false, false);
        this.type = type;
    }

    private IngestException(ProblemType type, String detail) {
        super(detail, null, false, false);
        this.type = type;
    }

    /**
     * Creates an exception without a cause.
     * @param type the problem type
     * @param detail what went wrong
     * @return the exception
     */
    public static IngestException of(ProblemType type, String detail) {
        return new IngestException(type, detail);
    }

    /**
     * Creates an exception with a cause, which is logged but not sent.
     * @param type the problem type
     * @param detail what went wrong
     * @param cause the cause
     * @return the exception
     */
    public static IngestException of(ProblemType type, String detail, Throwable cause) {
        return new IngestException(type, detail, cause);
    }

    /**
     * Creates an exception for a request that can be retried after one second.
     * @param type the problem type
     * @param detail what went wrong
     * @return the exception
     */
    public static IngestException retryLater(ProblemType type, String detail) {
        return new IngestException(type, detail).header(HttpHeaders.RETRY_AFTER, "1");
    }

    /**
     * Creates an exception for a request that can be retried after one second.
     * @param type the problem type
     * @param detail what went wrong
     * @param cause the cause
     * @return the exception
     */
    public static IngestException retryLater(ProblemType type, String detail, Throwable cause) {
        return new IngestException(type, detail, cause).header(HttpHeaders.RETRY_AFTER, "1");
    }

    /**
     * Adds a header to the response.
     * @param name the name of the header
     * @param value the value of the header
     * @return this exception
     */
    public IngestException header(String name, String value) {
        this.headers.add(name, value);
        return this;
    }

    /**
     * Adds a member to the problem details.
     * @param name the name of the member
     * @param value the value of the member
     * @return this exception
     */
    public IngestException member(String name, long value) {
        this.members.put(name, value);
        return this;
    }

    /**
     * Adds the error of a field.
     * @param error the error
     * @return this exception
     */
    public IngestException error(FieldError error) {
        this.errors.add(error);
        return this;
    }

    public ProblemType type() {
        return this.type;
    }

    public HttpStatus status() {
        return this.type.status();
    }

    HttpHeaders headers() {
        return this.headers;
    }

    Map<String, Long> members() {
        return this.members;
    }

    List<FieldError> errors() {
        return this.errors;
    }

    /**
     * Error of one field of a request.
     *
     * @param index the index of the item, from 0; -1 if the error does not concern an
     * item
     * @param field the name of the field
     * @param expected the expected value
     * @param reason what is wrong
     */
    public record FieldError(int index, String field, String expected, String reason) {
    }

}
