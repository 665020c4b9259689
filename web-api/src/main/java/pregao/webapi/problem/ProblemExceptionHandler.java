package pregao.webapi.problem;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.security.web.server.authorization.ServerAccessDeniedHandler;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * Exception handler that writes all error responses, including those of the framework.
 */
@Component
@Order(-2) // before Spring Boot's default handler
public class ProblemExceptionHandler implements WebExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(ProblemExceptionHandler.class);

    private final JsonMapper jsonMapper;

    public ProblemExceptionHandler(JsonMapper jsonMapper) {
        this.jsonMapper = jsonMapper;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable failure) {
        if (exchange.getResponse().isCommitted()) {
            return Mono.error(failure);
        }
        return writeProblem(exchange, ProblemResolver.resolve(failure), failure);
    }

    /**
     * Writes the response for a request without a valid token.
     * @param exchange the exchange
     * @param failure the authentication failure
     * @return completes when the response is written
     */
    public Mono<Void> handleUnauthenticated(ServerWebExchange exchange, Throwable failure) {
        return writeProblem(exchange, ProblemDefinition.unauthenticated(), failure);
    }

    /**
     * Creates a handler for requests whose token lacks a permission.
     * @param detail the missing permission
     * @return a handler that writes a problem with status 403
     */
    public ServerAccessDeniedHandler createAccessDeniedHandler(String detail) {
        return (exchange, failure) -> writeProblem(exchange, ProblemDefinition.forbidden(detail), failure);
    }

    private Mono<Void> writeProblem(ServerWebExchange exchange, ProblemDefinition problem, Throwable failure) {
        String traceId = TraceId.fromTraceParent(exchange.getRequest().getHeaders().getFirst(TraceId.HEADER));
        logProblem(problem, traceId, failure);
        ServerHttpResponse response = exchange.getResponse();
        response.setStatusCode(HttpStatusCode.valueOf(problem.status()));
        problem.headers().forEach(response.getHeaders()::set);
        response.getHeaders().set("Content-Type", Problem.MEDIA_TYPE);
        byte[] body = this.jsonMapper.writeValueAsBytes(problem.asProblem(traceId));
        response.getHeaders().setContentLength(body.length);
        DataBuffer buffer = response.bufferFactory().wrap(body);
        return response.writeWith(Mono.just(buffer));
    }

    private static String describeCause(Throwable failure) {
        Throwable root = NestedExceptionUtils.getMostSpecificCause(failure);
        return (root != failure) ? failure + ", because " + root : failure.toString();
    }

    private static void logProblem(ProblemDefinition problem, String traceId, Throwable failure) {
        if (problem.status() == 500) {
            log.error("unexpected failure, trace_id {}", traceId, failure);
        }
        else if (problem.status() > 500) {
            log.warn("{}: {}, trace_id {}", problem.detail(), describeCause(failure), traceId);
        }
    }

}
