package pregao.gateway.filter;

import org.springframework.core.Ordered;

/**
 * Order of all filters, from first to last. No two filters have the same order.
 */
public final class FilterOrder {

    /**
     * Web filters run for every request. Measures the response time, including all other
     * filters.
     */
    public static final int RESPONSE_TIME = Ordered.HIGHEST_PRECEDENCE;

    /** Sets headers on every response, including those of the filters below. */
    public static final int SECURITY_HEADERS = RESPONSE_TIME + 1;

    /** Limits requests by IP address, including CORS preflight requests. */
    public static final int IP_RATE_LIMIT = -5;

    /** Responds to CORS preflight requests. */
    public static final int CORS = -1;

    /** Rejects bodies that are too large. */
    public static final int REQUEST_SIZE = 0;

    /** Checks WebSocket handshakes. */
    public static final int WEBSOCKET_HANDSHAKE = 1;

    /**
     * Global filters run after the authorization filters of the route. Limits requests by
     * user.
     */
    public static final int USER_RATE_LIMIT = 50;

    /** Forwards through the circuit breaker of the service. */
    public static final int CIRCUIT_BREAKER = 100;

    /** Forwards the request to the service. */
    public static final int UPSTREAM_FORWARDING = Ordered.LOWEST_PRECEDENCE;

    private FilterOrder() {
    }

}
