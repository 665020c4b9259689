package pregao.webapi.problem;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Problem details of an error response (RFC 9457).
 *
 * @param type the URI of the documentation of this kind of problem,
 * {@code /problems/{name}}
 * @param title the summary of the kind of problem
 * @param status the HTTP status
 * @param detail the explanation of this occurrence; reveals no internals
 * @param traceId the trace ID that finds the request in logs and traces
 * @param errors the invalid fields
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(String type, String title, int status, String detail, @JsonProperty("trace_id") String traceId,
        List<FieldViolation> errors) {

    /** The media type of problems. */
    public static final String MEDIA_TYPE = "application/problem+json";

    public Problem {
        errors = List.copyOf(errors);
    }

}
