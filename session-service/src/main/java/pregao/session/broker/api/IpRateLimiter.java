package pregao.session.broker.api;

import java.util.concurrent.atomic.LongAdder;

/**
 * A rate limiter for the requests and connections of this replica to a broker. All users
 * share one IP address, and other replicas may share it, too.
 */
public final class IpRateLimiter {

    private final LongAdder requestCount = new LongAdder();

    private final LongAdder connectionCount = new LongAdder();

    private final LongAdder waitNanos = new LongAdder();

    private final String broker;

    private final TokenBucket requestBucket;

    private final TokenBucket connectionBucket;

    /**
     * Creates a limiter with full buckets.
     * @param broker the name of the broker
     * @param requestsPerSecond the request rate of all sessions together
     * @param connectionsPerSecond the rate of connection attempts
     */
    public IpRateLimiter(String broker, int requestsPerSecond, int connectionsPerSecond) {
        this.broker = broker;
        this.requestBucket = new TokenBucket(requestsPerSecond, Math.max(1, requestsPerSecond / 5));
        this.connectionBucket = new TokenBucket(connectionsPerSecond, Math.max(1, connectionsPerSecond / 10));
    }

    /**
     * Reserves a request. Requests for orders count, but do not wait.
     * @param isOrder whether the request is for an order
     * @return the delay before the request may be sent, in nanoseconds
     */
    public long reserveRequest(boolean isOrder) {
        this.requestCount.increment();
        long delayNanos = this.requestBucket.reservePermit(System.nanoTime());
        return isOrder ? 0 : recordWait(delayNanos);
    }

    /**
     * Reserves a connection attempt.
     * @return the delay before the attempt, in nanoseconds
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
     * Sets among how many replicas the rates are divided from now on.
     * @param replicas the number of replicas, including this one
     */
    public void divideAmong(int replicas) {
        this.requestBucket.divide(Math.max(1, replicas));
        this.connectionBucket.divide(Math.max(1, replicas));
    }

    /**
     * Returns the broker of the limiter.
     * @return the name of the broker
     */
    public String broker() {
        return this.broker;
    }

    /**
     * Returns the number of requests.
     * @return the number since the start
     */
    public long requestCount() {
        return this.requestCount.sum();
    }

    /**
     * Returns the number of connection attempts.
     * @return the number since the start
     */
    public long connectionCount() {
        return this.connectionCount.sum();
    }

    /**
     * Returns the total delay of requests and connections.
     * @return nanoseconds since the start
     */
    public long waitNanos() {
        return this.waitNanos.sum();
    }

}
