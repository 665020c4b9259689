package pregao.gateway.edge;

import java.util.Map;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * What browsers must not do with answers. Set last, over what the service said, and what
 * a service says of the program it runs on is left out.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class SecurityHeaders implements WebFilter {

    private static final String DATA = "default-src 'none'; frame-ancestors 'none'";

    // The page of documents draws with inline styles and pictures; its scripts are files.
    private static final String PAGE = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
            + "img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; "
            + "frame-ancestors 'none'";

    private static final Map<String, String> ALWAYS = Map.of("X-Content-Type-Options", "nosniff", "Referrer-Policy",
            "no-referrer", "X-Frame-Options", "DENY", "Cross-Origin-Opener-Policy", "same-origin",
            "Cross-Origin-Embedder-Policy", "require-corp", "Cross-Origin-Resource-Policy", "same-origin",
            "X-Permitted-Cross-Domain-Policies", "none", "Permissions-Policy",
            "camera=(), geolocation=(), microphone=(), payment=(), usb=()");

    private static final String YEARS = "max-age=63072000; includeSubDomains";

    private static final String PAGES = "/swagger-ui/";

    private static final String ASSETS = "/webjars/";

    private final Callers callers;

    SecurityHeaders(Callers callers) {
        this.callers = callers;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        exchange.getResponse().beforeCommit(() -> {
            set(exchange);
            return Mono.empty();
        });
        return chain.filter(exchange);
    }

    private void set(ServerWebExchange exchange) {
        String path = exchange.getRequest().getPath().value();
        HttpHeaders headers = exchange.getResponse().getHeaders();
        ALWAYS.forEach(headers::set);
        headers.remove(HttpHeaders.SERVER);
        headers.remove("X-Powered-By");
        if (this.callers.of(exchange).secure()) {
            headers.set("Strict-Transport-Security", YEARS);
        }
        headers.set("Content-Security-Policy", (path.startsWith(PAGES) || path.startsWith(ASSETS)) ? PAGE : DATA);
        if (headers.getFirst(HttpHeaders.CACHE_CONTROL) == null) {
            headers.set(HttpHeaders.CACHE_CONTROL, "no-store");
        }
    }

}
