package pregao.gateway.client;

import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;

/**
 * Check of the origin of WebSocket handshakes: the gateway's own pages and those of
 * allowed origins may open a WebSocket. Clients that are not browsers send no origin.
 */
@Component
public class WebSocketOriginCheck {

    private final Set<String> allowedOrigins;

    WebSocketOriginCheck(CorsProperties settings) {
        this.allowedOrigins = Set.copyOf(settings.allowedOrigins());
    }

    /**
     * Returns whether a request may open a WebSocket.
     * @param request the handshake request
     * @return false for pages of other origins
     */
    public boolean isAllowed(ServerHttpRequest request) {
        String origin = request.getHeaders().getOrigin();
        return origin == null || this.allowedOrigins.contains(origin)
                || isSameOrigin(origin, request.getHeaders().getFirst(HttpHeaders.HOST));
    }

    /**
     * The scheme is not compared, because a TLS proxy may stand in front of the gateway.
     */
    private static boolean isSameOrigin(String origin, @Nullable String host) {
        int schemeEnd = origin.indexOf("://");
        return host != null && schemeEnd > 0 && origin.substring(schemeEnd + 3).equalsIgnoreCase(host);
    }

}
