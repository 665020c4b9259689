package pregao.session.broker.binance;

import java.time.Duration;

/**
 * How long to wait for what.
 *
 * @param connect for a connection
 * @param call for an answer to a question
 * @param order for the answer to an order; then the broker is asked
 * @param turn for the broker to want requests again; a question that would wait longer
 * fails
 * @param silence without anything heard of a WebSocket, which is pinged each 20 s; then
 * it is taken for dead
 * @param life of a WebSocket; then it is replaced
 * @param poll between two questions for an order of unknown outcome
 * @param giveUp of these questions
 */
record BinanceTimeouts(Duration connect, Duration call, Duration order, Duration turn, Duration silence, Duration life,
        Duration poll, Duration giveUp) {

    /**
     * The broker gives up an order itself after 10 s, and cuts each WebSocket at 24 h.
     */
    static final BinanceTimeouts DEFAULT = new BinanceTimeouts(Duration.ofSeconds(10), Duration.ofSeconds(10),
            Duration.ofSeconds(12), Duration.ofSeconds(65), Duration.ofSeconds(70), Duration.ofHours(23),
            Duration.ofSeconds(1), Duration.ofMinutes(2));

}
