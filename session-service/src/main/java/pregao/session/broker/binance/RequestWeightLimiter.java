package pregao.session.broker.binance;

/**
 * How much this address may still ask the broker for: so much weight in each minute of
 * the broker's clock, nothing while the broker wants to be left alone. Everybody here
 * shares it; of each minute a tenth is kept for orders and what belongs to them.
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
     * Takes what the broker says the limit is.
     * @param weight a minute
     */
    synchronized void setMaxWeight(int weight) {
        this.maxWeight = weight;
    }

    /**
     * Spends weight, if it is there.
     * @param weight of the request
     * @param urgent whether it may use what is kept
     * @return 0 where it is spent, else how many milliseconds to wait before asking again
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
     * Takes what the broker says was used; others may share the address.
     * @param weight in this minute
     */
    synchronized void updateUsedWeight(int weight) {
        rollMinute(this.serverClock.millis());
        this.usedWeight = Math.max(this.usedWeight, weight);
    }

    /**
     * Leaves the broker alone.
     * @param durationMillis how long at least
     */
    synchronized void block(long durationMillis) {
        this.blockedUntilMillis = Math.max(this.blockedUntilMillis, this.serverClock.localMillis() + durationMillis);
    }

    /**
     * Whether the broker wants to be left alone.
     * @return for how many milliseconds, or 0
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
