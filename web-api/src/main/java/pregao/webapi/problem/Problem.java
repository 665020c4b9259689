package pregao.webapi.problem;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What a caller is told when something is wrong.
 *
 * @param type where this kind is explained, {@code /problems/{name}}
 * @param title the kind in words
 * @param status the HTTP status
 * @param detail this case in words; holds nothing of the inside
 * @param traceId finds the request in logs and traces
 * @param errors the fields that are wrong
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
