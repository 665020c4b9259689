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

    private final Set<String> listed;

    WebSocketOriginCheck(CorsProperties settings) {
        this.listed = Set.copyOf(settings.allowedOrigins());
    }

    /**
     * Whether a request to open one may go on.
     * @param request the request
     * @return false for pages of elsewhere
     */
    public boolean mayOpen(ServerHttpRequest request) {
        String origin = request.getHeaders().getOrigin();
        return origin == null || this.listed.contains(origin)
                || isOwn(origin, request.getHeaders().getFirst(HttpHeaders.HOST));
    }

    /** The scheme is left out: what encrypts may stand in front of the gateway. */
    private static boolean isOwn(String origin, @Nullable String host) {
        int scheme = origin.indexOf("://");
        return host != null && scheme > 0 && origin.substring(scheme + 3).equalsIgnoreCase(host);
    }

}
