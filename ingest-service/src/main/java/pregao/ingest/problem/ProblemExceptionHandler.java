package pregao.ingest.problem;

import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;

import pregao.ingest.json.JsonWriter;
import pregao.webapi.problem.UnreadableFieldResolver;

/**
 * Exception handler that responds to all exceptions, of the service and of the framework,
 * with problem details.
 */
@Component
@Order(-2)
class ProblemExceptionHandler implements WebExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(ProblemExceptionHandler.class);

    private static final Pattern TRACE_PARENT = Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}");

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable failure) {
        ServerHttpResponse response = exchange.getResponse();
        if (response.isCommitted()) {
            return Mono.error(failure);
        }
        IngestException problem = toIngestException(failure);
        String traceId = traceId(exchange);
        logProblem(exchange, problem, traceId);
        response.setStatusCode(problem.status());
        response.getHeaders().putAll(problem.headers());
        response.getHeaders().setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        byte[] body = toJson(problem, traceId);
        response.getHeaders().setContentLength(body.length);
        return response.writeWith(Mono.fromSupplier(() -> response.bufferFactory().wrap(body)));
    }

    private static IngestException toIngestException(Throwable failure) {
        if (failure instanceof IngestException problem) {
            return problem;
        }
        if (failure instanceof ErrorResponse response) {
            String detail = response.getBody().getDetail();
            ProblemType type = ProblemType.forStatus(response.getStatusCode().value());
            IngestException problem = IngestException.of(type, (detail != null) ? detail : type.title(), failure);
            UnreadableFieldResolver.findFieldViolation(failure)
                .ifPresent((field) -> problem
                    .error(new IngestException.FieldError(-1, field.field(), field.expected(), "not understood")));
            response.getHeaders().forEach((name, values) -> values.forEach((value) -> problem.header(name, value)));
            return problem;
        }
        return IngestException.of(ProblemType.INTERNAL, "see the service's log for trace_id", failure);
    }

    /** Logs server errors at a high level; errors of the caller only at debug level. */
    private static void logProblem(ServerWebExchange exchange, IngestException problem, String traceId) {
        String requestLine = exchange.getRequest().getMethod() + " " + exchange.getRequest().getPath().value();
        if (problem.type() == ProblemType.INTERNAL) {
            log.error("{} failed, trace_id {}", requestLine, traceId, problem.getCause());
        }
        else if (problem.status().is5xxServerError()) {
            log.warn("{} is answered {}, trace_id {}: {} ({})", requestLine, problem.status().value(), traceId,
                    problem.getMessage(), describe(problem.getCause()));
        }
        else {
            log.debug("{} is answered {}, trace_id {}: {}", requestLine, problem.status().value(), traceId,
                    problem.getMessage());
        }
    }

    private static String describe(@Nullable Throwable cause) {
        return (cause != null) ? cause.toString() : "no cause";
    }

    private static String traceId(ServerWebExchange exchange) {
        String parent = exchange.getRequest().getHeaders().getFirst("traceparent");
        if (parent != null) {
            Matcher matcher = TRACE_PARENT.matcher(parent);
            if (matcher.matches()) {
                return matcher.group(1);
            }
        }
        return UUID.randomUUID().toString().replace("-", "");
    }

    private static byte[] toJson(IngestException problem, String traceId) {
        JsonWriter json = new JsonWriter(512);
        json.raw("{\"type\":").string(problem.type().path());
        json.raw(",\"title\":").string(problem.type().title());
        json.raw(",\"status\":").number(problem.status().value());
        json.raw(",\"detail\":").string(problem.getMessage());
        json.raw(",\"trace_id\":").string(traceId);
        problem.members().forEach((name, value) -> json.raw(",").string(name).raw(":").number(value));
        if (!problem.errors().isEmpty()) {
            String separator = ",\"errors\":[";
            for (IngestException.FieldError error : problem.errors()) {
                json.raw(separator).raw("{");
                if (error.index() >= 0) {
                    json.raw("\"index\":").number(error.index()).raw(",");
                }
                json.raw("\"field\":").string(error.field());
                json.raw(",\"expected\":").string(error.expected());
                json.raw(",\"reason\":").string(error.reason()).raw("}");
                separator = ",";
            }
            json.raw("]");
        }
        return json.raw("}").toBytes();
    }

}
