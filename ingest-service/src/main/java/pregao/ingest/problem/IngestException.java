package pregao.ingest.problem;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/**
 * A request that fails, with all its answer says.
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
     * A problem that is the caller's, or ours without a cause.
     * @param type the kind
     * @param detail what happened
     * @return the problem
     */
    public static IngestException of(ProblemType type, String detail) {
        return new IngestException(type, detail);
    }

    /**
     * A problem with a cause, which is logged and not answered.
     * @param type the kind
     * @param detail what happened
     * @param cause why
     * @return the problem
     */
    public static IngestException of(ProblemType type, String detail, Throwable cause) {
        return new IngestException(type, detail, cause);
    }

    /**
     * Something that is to be tried again a second later.
     * @param type the kind
     * @param detail what happened
     * @return the problem
     */
    public static IngestException retryLater(ProblemType type, String detail) {
        return new IngestException(type, detail).header(HttpHeaders.RETRY_AFTER, "1");
    }

    /**
     * Something that is to be tried again a second later.
     * @param type the kind
     * @param detail what happened
     * @param cause why
     * @return the problem
     */
    public static IngestException retryLater(ProblemType type, String detail, Throwable cause) {
        return new IngestException(type, detail, cause).header(HttpHeaders.RETRY_AFTER, "1");
    }

    /**
     * Adds a header to the answer.
     * @param name the header's name
     * @param value its value
     * @return this
     */
    public IngestException header(String name, String value) {
        this.headers.add(name, value);
        return this;
    }

    /**
     * Adds a member to the answer.
     * @param name the member's name
     * @param value its value
     * @return this
     */
    public IngestException member(String name, long value) {
        this.members.put(name, value);
        return this;
    }

    /**
     * Adds what is wrong in one place.
     * @param error what is wrong in one place
     * @return this
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
     * What is wrong in one place of a request.
     *
     * @param index which item, from 0; -1 where it is not about an item
     * @param field which field
     * @param expected what would be right
     * @param reason what is wrong
     */
    public record FieldError(int index, String field, String expected, String reason) {
    }

}
