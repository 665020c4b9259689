package pregao.gateway.filter;

import org.springframework.core.Ordered;

/**
 * The order of all filters that a request passes, first to last. No two have the same.
 */
public final class FilterOrder {

    /**
     * Web filters see every request. Measures how long answers take, all others included.
     */
    public static final int RESPONSE_TIME = Ordered.HIGHEST_PRECEDENCE;

    /** Sets headers on every answer, also on those of the filters below. */
    public static final int SECURITY_HEADERS = RESPONSE_TIME + 1;

    /** Counts requests of an address, also those that ask about origins. */
    public static final int IP_RATE_LIMIT = -5;

    /** Answers browsers that ask about origins. */
    public static final int CORS = -1;

    /** Rejects bodies that are too large. */
    public static final int REQUEST_SIZE = 0;

    /** Checks who opens a WebSocket. */
    public static final int WEBSOCKET_HANDSHAKE = 1;

    /**
     * Filters of routes come behind the guards of the route. Counts requests of a user.
     */
    public static final int USER_RATE_LIMIT = 50;

    /** Sends on through the circuit of the service. */
    public static final int CIRCUIT_BREAKER = 100;

    /** Sends the request on. */
    public static final int UPSTREAM_FORWARDING = Ordered.LOWEST_PRECEDENCE;

    private FilterOrder() {
    }

}
