package pregao.gateway.filter;

import org.springframework.core.Ordered;

/**
 * The order of all filters that a request passes, first to last. No two have the same.
 */
public final class FilterOrder {

    /**
     * Web filters see every request. Measures how long answers take, all others included.
     */
    public static final int ANSWER_TIMES = Ordered.HIGHEST_PRECEDENCE;

    /** Sets headers on every answer, also on those of the filters below. */
    public static final int SECURITY_HEADERS = ANSWER_TIMES + 1;

    /** Counts requests of an address, also those that ask about origins. */
    public static final int ADDRESS_LIMIT = -5;

    /** Answers browsers that ask about origins. */
    public static final int CORS = -1;

    /** Rejects bodies that are too large. */
    public static final int BODY_LIMIT = 0;

    /** Checks who opens a WebSocket. */
    public static final int HANDSHAKE = 1;

    /**
     * Filters of routes come behind the guards of the route. Counts requests of a user.
     */
    public static final int USER_LIMIT = 50;

    /** Sends on through the circuit of the service. */
    public static final int BREAKERS = 100;

    /** Sends the request on. */
    public static final int FORWARDING = Ordered.LOWEST_PRECEDENCE;

    private FilterOrder() {
    }

}
