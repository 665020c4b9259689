package pregao.session.broker.polarium;

import java.time.Duration;

/**
 * Timeouts of the Polarium client.
 *
 * @param connect the timeout for opening a connection, and for the authentication on it
 * @param call the timeout for the reply to a request
 * @param instruments the timeout for the reply with the instruments, which is large
 * @param order the timeout for the reply to an order; after it the order's state is
 * queried
 * @param silence the longest time without a time message; after it the connection counts
 * as dead
 * @param settlement how long after an option's end its settlement may take to arrive;
 * then it's queried
 * @param poll the interval between queries for a settlement
 * @param giveUp the time after which the queries for a settlement, or for an order with
 * an unknown outcome, stop
 */
record PolariumTimeouts(Duration connect, Duration call, Duration instruments, Duration order, Duration silence,
        Duration settlement, Duration poll, Duration giveUp) {

    /** The defaults, as observed in other clients of the broker. */
    static final PolariumTimeouts DEFAULT = new PolariumTimeouts(Duration.ofSeconds(10), Duration.ofSeconds(10),
            Duration.ofSeconds(15), Duration.ofSeconds(8), Duration.ofSeconds(60), Duration.ofSeconds(15),
            Duration.ofSeconds(5), Duration.ofMinutes(2));

}
