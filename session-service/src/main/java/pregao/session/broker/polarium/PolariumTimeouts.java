package pregao.session.broker.polarium;

import java.time.Duration;

/**
 * How long to wait for what.
 *
 * @param connect for a connection, and for being let in
 * @param call for an answer to a question
 * @param instruments for the answer that is large
 * @param order for the reply to an order; then the broker is asked
 * @param silence without the time told; then the connection is taken for dead
 * @param settlement after an option's end; then the broker is asked
 * @param poll between two questions for a settlement
 * @param giveUp of questions for a settlement, or for an order of unknown outcome
 */
record PolariumTimeouts(Duration connect, Duration call, Duration instruments, Duration order, Duration silence,
        Duration settlement, Duration poll, Duration giveUp) {

    /** What other clients of the broker were seen to use. */
    static final PolariumTimeouts DEFAULT = new PolariumTimeouts(Duration.ofSeconds(10), Duration.ofSeconds(10),
            Duration.ofSeconds(15), Duration.ofSeconds(8), Duration.ofSeconds(60), Duration.ofSeconds(15),
            Duration.ofSeconds(5), Duration.ofMinutes(2));

}
