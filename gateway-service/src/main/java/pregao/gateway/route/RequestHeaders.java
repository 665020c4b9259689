package pregao.gateway.route;

import java.util.Locale;
import java.util.Set;

import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

import pregao.gateway.edge.Callers;
import pregao.gateway.pass.Guard;
import pregao.gateway.problem.TraceParent;

/**
 * The headers a request goes on with: what only the inside may say is dropped, where it
 * came from and the trace go along, and a token takes the place of the key where the
 * route asks for it.
 */
@Component
class RequestHeaders implements HttpHeadersFilter, Ordered {

    private static final String USER = "x-user-";

    private static final String FORWARDED = "x-forwarded-";

    private static final String FROM = "X-Forwarded-For";

    // The gateway answers Expect itself, as soon as it reads the body.
    private static final Set<String> DROPPED = Set.of("forwarded", "x-real-ip", "x-original-url", "x-rewrite-url",
            "expect", TraceParent.HEADER);

    private static final Set<String> CREDENTIALS = Set.of("x-api-key", "authorization", "cookie");

    private final Callers callers;

    RequestHeaders(Callers callers) {
        this.callers = callers;
    }

    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }

    @Override
    public HttpHeaders filter(HttpHeaders given, ServerWebExchange exchange) {
        String token = exchange.getAttribute(Guard.TOKEN);
        HttpHeaders passed = new HttpHeaders();
        given.forEach((name, values) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            boolean dropped = DROPPED.contains(lower) || lower.startsWith(USER) || lower.startsWith(FORWARDED)
                    || (token != null && CREDENTIALS.contains(lower));
            if (!dropped) {
                passed.addAll(name, values);
            }
        });
        if (token != null) {
            passed.setBearerAuth(token);
        }
        passed.set(FROM, this.callers.of(exchange).address());
        passed.set(TraceParent.HEADER, TraceParent.of(exchange));
        return passed;
    }

}
