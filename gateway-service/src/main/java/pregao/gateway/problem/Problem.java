package pregao.gateway.problem;

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
 */
record Problem(String type, String title, int status, String detail, @JsonProperty("trace_id") String traceId) {

    static final String MEDIA_TYPE = "application/problem+json";

}
