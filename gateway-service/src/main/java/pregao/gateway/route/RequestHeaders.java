package pregao.gateway.route;

import java.util.Locale;
import java.util.Set;

import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

import pregao.gateway.pass.Guard;
import pregao.gateway.problem.TraceParent;

/**
 * The headers a request goes on with: what only the inside may say is dropped, a token
 * takes the place of the key where the route asks for it, and the trace goes along.
 */
@Component
class RequestHeaders implements HttpHeadersFilter, Ordered {

    private static final String USER = "x-user-";

    // The gateway answers Expect itself, as soon as it reads the body.
    private static final Set<String> DROPPED = Set.of("x-real-ip", "expect", TraceParent.HEADER);

    private static final Set<String> CREDENTIALS = Set.of("x-api-key", "authorization", "cookie");

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
            boolean dropped = DROPPED.contains(lower) || lower.startsWith(USER)
                    || (token != null && CREDENTIALS.contains(lower));
            if (!dropped) {
                passed.addAll(name, values);
            }
        });
        if (token != null) {
            passed.setBearerAuth(token);
        }
        passed.set(TraceParent.HEADER, TraceParent.of(exchange));
        return passed;
    }

}
