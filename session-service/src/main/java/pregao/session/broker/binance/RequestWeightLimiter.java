package pregao.session.broker.binance;

/**
 * Rate limiter for the request weight of this IP address, shared by all sessions. The
 * limit applies per minute of the server clock. A tenth of it is reserved for urgent
 * requests: orders and what belongs to them. While Binance blocks the address, no request
 * is allowed.
 */
final class RequestWeightLimiter {

    private static final long MINUTE_MILLIS = 60_000;

    private static final int RESERVED_DIVISOR = 10;

    private final ServerClock serverClock;

    private int maxWeight = 6000;

    private long minute;

    private int usedWeight;

    private long blockedUntilMillis;

    RequestWeightLimiter(ServerClock serverClock) {
        this.serverClock = serverClock;
    }

    /**
     * Sets the limit that Binance reports.
     * @param weight the weight per minute
     */
    synchronized void setMaxWeight(int weight) {
        this.maxWeight = weight;
    }

    /**
     * Acquires weight if it's available.
     * @param weight the weight of the request
     * @param urgent whether the request may use the reserve
     * @return 0 if the weight is acquired, else the milliseconds to wait before the next
     * attempt
     */
    synchronized long tryAcquire(int weight, boolean urgent) {
        long nowMillis = this.serverClock.millis();
        long blockedMillis = this.blockedUntilMillis - this.serverClock.localMillis();
        if (blockedMillis > 0) {
            return blockedMillis;
        }
        rollMinute(nowMillis);
        int limit = urgent ? this.maxWeight : this.maxWeight - this.maxWeight / RESERVED_DIVISOR;
        if (this.usedWeight > 0 && this.usedWeight + weight > limit) {
            return MINUTE_MILLIS - Math.floorMod(nowMillis, MINUTE_MILLIS);
        }
        this.usedWeight += weight;
        return 0;
    }

    /**
     * Updates the used weight from a response. It can be higher than the local count,
     * because others may share the address.
     * @param weight the used weight in the current minute
     */
    synchronized void updateUsedWeight(int weight) {
        rollMinute(this.serverClock.millis());
        this.usedWeight = Math.max(this.usedWeight, weight);
    }

    /**
     * Blocks all requests for some time.
     * @param durationMillis the minimum time in milliseconds
     */
    synchronized void block(long durationMillis) {
        this.blockedUntilMillis = Math.max(this.blockedUntilMillis, this.serverClock.localMillis() + durationMillis);
    }

    /**
     * Returns how long requests are still blocked.
     * @return the time in milliseconds, or 0 if they aren't blocked
     */
    synchronized long blockedMillis() {
        return Math.max(0, this.blockedUntilMillis - this.serverClock.localMillis());
    }

    private void rollMinute(long nowMillis) {
        long currentMinute = Math.floorDiv(nowMillis, MINUTE_MILLIS);
        if (this.minute != currentMinute) {
            this.minute = currentMinute;
            this.usedWeight = 0;
        }
    }

}
