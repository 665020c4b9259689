package pregao.ingest.request;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Filter that repeats the status of ingest responses in a header {@code Status}. Old
 * expert advisors see the headers without the status line and treat a response without an
 * explicit status as success.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
class StatusHeader implements WebFilter {

    private static final String PATH_PREFIX = "/ingest";

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        if (exchange.getRequest().getPath().value().startsWith(PATH_PREFIX)) {
            ServerHttpResponse response = exchange.getResponse();
            response.beforeCommit(() -> Mono.fromRunnable(() -> writeStatus(response)));
        }
        return chain.filter(exchange);
    }

    private static void writeStatus(ServerHttpResponse response) {
        HttpStatusCode status = response.getStatusCode();
        response.getHeaders().set("Status", Integer.toString((status != null) ? status.value() : 200));
    }

}
