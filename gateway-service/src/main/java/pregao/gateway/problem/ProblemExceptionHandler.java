package pregao.gateway.problem;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * Exception handler that writes all error responses, including those of the framework and
 * of routes.
 */
@Component
@Order(-2) // before Spring Boot's default handler
class ProblemExceptionHandler implements WebExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(ProblemExceptionHandler.class);

    private static final int INTERNAL_ERROR = 500;

    private final JsonMapper jsonMapper;

    ProblemExceptionHandler(JsonMapper jsonMapper) {
        this.jsonMapper = jsonMapper;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable failure) {
        if (exchange.getResponse().isCommitted()) {
            return Mono.error(failure);
        }
        String traceId = TraceParent.resolveTraceId(exchange);
        ProblemDefinition problem = ProblemResolver.resolve(failure);
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

    private static void logProblem(ProblemDefinition problem, String traceId, Throwable failure) {
        if (problem.status() == INTERNAL_ERROR) {
            log.error("unexpected failure, trace_id {}", traceId, failure);
        }
        else if (problem.status() > INTERNAL_ERROR) {
            log.warn("{}: {}, trace_id {}", problem.detail(), failure.toString(), traceId);
        }
    }

}
