package pregao.session.broker.binance;

import java.time.Duration;

/**
 * Timeouts of the Binance client.
 *
 * @param connect the timeout for opening a connection
 * @param call the timeout for the response to a query
 * @param order the timeout for the response to an order; after it the order's state is
 * queried
 * @param turn the longest wait for the request weight limit; a query that would wait
 * longer fails
 * @param silence the longest time without a frame on a WebSocket, which Binance pings
 * every 20 s; after it the connection counts as dead
 * @param life the age at which a WebSocket is replaced
 * @param poll the interval between queries for an order with an unknown outcome
 * @param giveUp the time after which these queries stop
 */
record BinanceTimeouts(Duration connect, Duration call, Duration order, Duration turn, Duration silence, Duration life,
        Duration poll, Duration giveUp) {

    /**
     * The defaults. Binance itself abandons an order after 10 s and closes each WebSocket
     * after 24 h.
     */
    static final BinanceTimeouts DEFAULT = new BinanceTimeouts(Duration.ofSeconds(10), Duration.ofSeconds(10),
            Duration.ofSeconds(12), Duration.ofSeconds(65), Duration.ofSeconds(70), Duration.ofHours(23),
            Duration.ofSeconds(1), Duration.ofMinutes(2));

}
