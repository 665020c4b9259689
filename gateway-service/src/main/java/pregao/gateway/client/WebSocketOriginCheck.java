package pregao.gateway.client;

import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;

/**
 * Whose pages may open a WebSocket: the gateway's own, and those of listed origins. What
 * is no browser names no origin.
 */
@Component
public class WebSocketOriginCheck {

    private final Set<String> allowedOrigins;

    WebSocketOriginCheck(CorsProperties settings) {
        this.allowedOrigins = Set.copyOf(settings.allowedOrigins());
    }

    /**
     * Whether a request to open one may go on.
     * @param request the request
     * @return false for pages of elsewhere
     */
    public boolean isAllowed(ServerHttpRequest request) {
        String origin = request.getHeaders().getOrigin();
        return origin == null || this.allowedOrigins.contains(origin)
                || isSameOrigin(origin, request.getHeaders().getFirst(HttpHeaders.HOST));
    }

    /** The scheme is left out: what encrypts may stand in front of the gateway. */
    private static boolean isSameOrigin(String origin, @Nullable String host) {
        int schemeEnd = origin.indexOf("://");
        return host != null && schemeEnd > 0 && origin.substring(schemeEnd + 3).equalsIgnoreCase(host);
    }

}
