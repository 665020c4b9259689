package pregao.session.broker.api;

import java.util.concurrent.atomic.LongAdder;

/**
 * How fast this machine speaks to a broker: all its users leave from one address, and so
 * may other replicas.
 */
public final class IpRateLimiter {

    private final LongAdder requestCount = new LongAdder();

    private final LongAdder connectionCount = new LongAdder();

    private final LongAdder waitNanos = new LongAdder();

    private final String broker;

    private final TokenBucket requestBucket;

    private final TokenBucket connectionBucket;

    /**
     * A budget of which nothing is spent.
     * @param broker the broker's name
     * @param requestsPerSecond a second, of all sessions together
     * @param connectionsPerSecond attempts a second
     */
    public IpRateLimiter(String broker, int requestsPerSecond, int connectionsPerSecond) {
        this.broker = broker;
        this.requestBucket = new TokenBucket(requestsPerSecond, Math.max(1, requestsPerSecond / 5));
        this.connectionBucket = new TokenBucket(connectionsPerSecond, Math.max(1, connectionsPerSecond / 10));
    }

    /**
     * Takes a turn to ask. An order counts and does not wait for others' questions.
     * @param isOrder whether it is for an order
     * @return how many nanoseconds to wait
     */
    public long reserveRequest(boolean isOrder) {
        this.requestCount.increment();
        long delayNanos = this.requestBucket.reservePermit(System.nanoTime());
        return isOrder ? 0 : recordWait(delayNanos);
    }

    /**
     * Takes a turn to connect.
     * @return how many nanoseconds to wait
     */
    public long reserveConnection() {
        this.connectionCount.increment();
        return recordWait(this.connectionBucket.reservePermit(System.nanoTime()));
    }

    private long recordWait(long delayNanos) {
        this.waitNanos.add(delayNanos);
        return delayNanos;
    }

    /**
     * Shares it with other replicas from now on.
     * @param replicas how many there are with this one
     */
    public void divideAmong(int replicas) {
        this.requestBucket.divide(Math.max(1, replicas));
        this.connectionBucket.divide(Math.max(1, replicas));
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
    public long requestCount() {
        return this.requestCount.sum();
    }

    /**
     * How often somebody connected.
     * @return since the start
     */
    public long connectionCount() {
        return this.connectionCount.sum();
    }

    /**
     * How long turns were waited for, all together.
     * @return nanoseconds since the start
     */
    public long waitNanos() {
        return this.waitNanos.sum();
    }

}
