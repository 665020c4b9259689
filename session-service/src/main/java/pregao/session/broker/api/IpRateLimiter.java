package pregao.session.broker.api;

import java.util.concurrent.atomic.LongAdder;

/**
 * How fast this machine speaks to a broker: all its users leave from one address, and so
 * may other replicas.
 */
public final class IpRateLimiter {

    private final LongAdder asked = new LongAdder();

    private final LongAdder connected = new LongAdder();

    private final LongAdder waited = new LongAdder();

    private final String broker;

    private final TokenBucket requests;

    private final TokenBucket connections;

    /**
     * A budget of which nothing is spent.
     * @param broker the broker's name
     * @param requests a second, of all sessions together
     * @param connections attempts a second
     */
    public IpRateLimiter(String broker, int requests, int connections) {
        this.broker = broker;
        this.requests = new TokenBucket(requests, Math.max(1, requests / 5));
        this.connections = new TokenBucket(connections, Math.max(1, connections / 10));
    }

    /**
     * Takes a turn to ask. An order counts and does not wait for others' questions.
     * @param order whether it is for an order
     * @return how many nanoseconds to wait
     */
    public long request(boolean order) {
        this.asked.increment();
        long wait = this.requests.take(System.nanoTime());
        return order ? 0 : noted(wait);
    }

    /**
     * Takes a turn to connect.
     * @return how many nanoseconds to wait
     */
    public long connection() {
        this.connected.increment();
        return noted(this.connections.take(System.nanoTime()));
    }

    private long noted(long wait) {
        this.waited.add(wait);
        return wait;
    }

    /**
     * Shares it with other replicas from now on.
     * @param replicas how many there are with this one
     */
    public void share(int replicas) {
        this.requests.divide(Math.max(1, replicas));
        this.connections.divide(Math.max(1, replicas));
    }

    /**
     * Whose it is.
     * @return the broker's name
     */
    public String broker() {
        return this.broker;
    }

    /**
     * How often the broker was asked.
     * @return since the start
     */
    public long asked() {
        return this.asked.sum();
    }

    /**
     * How often somebody connected.
     * @return since the start
     */
    public long connected() {
        return this.connected.sum();
    }

    /**
     * How long turns were waited for, all together.
     * @return nanoseconds since the start
     */
    public long waited() {
        return this.waited.sum();
    }

}
