package pregao.gateway.headers;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import org.springframework.core.annotation.Order;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerResponse;

import pregao.gateway.client.ClientAddressResolver;
import pregao.gateway.filter.FilterOrder;

/**
 * Filter that sets security headers on responses. It runs last, so that it overrides the
 * headers of services, and it removes headers that reveal the server software.
 */
@Component
@Order(FilterOrder.SECURITY_HEADERS)
class SecurityHeadersFilter implements WebFilter {

    private static final AsciiString CONTENT_SECURITY_POLICY = AsciiString.cached("Content-Security-Policy");

    private static final AsciiString DATA_POLICY = AsciiString.cached("default-src 'none'; frame-ancestors 'none'");

    // Swagger UI uses inline styles and images; its scripts are files.
    private static final AsciiString PAGE_POLICY = AsciiString
        .cached("default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
                + "img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; "
                + "frame-ancestors 'none'");

    /** Encoded once for Netty, because every response has these headers. */
    private static final Map<AsciiString, AsciiString> STATIC_HEADERS = encode(
            Map.of("X-Content-Type-Options", "nosniff", "Referrer-Policy", "no-referrer", "X-Frame-Options", "DENY",
                    "Cross-Origin-Opener-Policy", "same-origin", "Cross-Origin-Embedder-Policy", "require-corp",
                    "Cross-Origin-Resource-Policy", "same-origin", "X-Permitted-Cross-Domain-Policies", "none",
                    "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"));

    private static final AsciiString POWERED_BY = AsciiString.cached("X-Powered-By");

    private static final AsciiString STRICT_TRANSPORT_SECURITY = AsciiString.cached("Strict-Transport-Security");

    private static final AsciiString HSTS_VALUE = AsciiString.cached("max-age=63072000; includeSubDomains");

    private static final AsciiString NO_STORE = AsciiString.cached("no-store");

    private static final String SWAGGER_UI_PATH = "/swagger-ui/";

    private static final String WEBJARS_PATH = "/webjars/";

    private final ClientAddressResolver addressResolver;

    SecurityHeadersFilter(ClientAddressResolver addressResolver) {
        this.addressResolver = addressResolver;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        exchange.getResponse().beforeCommit(() -> {
            setHeaders(exchange);
            return Mono.empty();
        });
        return chain.filter(exchange);
    }

    private void setHeaders(ServerWebExchange exchange) {
        String path = exchange.getRequest().getPath().value();
        HttpServerResponse response = ServerHttpResponseDecorator.getNativeResponse(exchange.getResponse());
        HttpHeaders headers = response.responseHeaders();
        STATIC_HEADERS.forEach(headers::set);
        headers.remove(HttpHeaderNames.SERVER);
        headers.remove(POWERED_BY);
        if (this.addressResolver.resolve(exchange).secure()) {
            headers.set(STRICT_TRANSPORT_SECURITY, HSTS_VALUE);
        }
        headers.set(CONTENT_SECURITY_POLICY,
                (path.startsWith(SWAGGER_UI_PATH) || path.startsWith(WEBJARS_PATH)) ? PAGE_POLICY : DATA_POLICY);
        if (!headers.contains(HttpHeaderNames.CACHE_CONTROL)) {
            headers.set(HttpHeaderNames.CACHE_CONTROL, NO_STORE);
        }
    }

    private static Map<AsciiString, AsciiString> encode(Map<String, String> texts) {
        Map<AsciiString, AsciiString> encoded = new LinkedHashMap<>();
        texts.forEach((name, value) -> encoded.put(AsciiString.cached(name), AsciiString.cached(value)));
        return Collections.unmodifiableMap(encoded);
    }

}
