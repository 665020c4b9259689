package pregao.session.broker.binance;

/**
 * How many orders an account may still make: so many in each ten seconds and each day of
 * the broker's clock. Those that are filled do not count, as the broker tells.
 */
final class OrderRateLimiter {

    private static final int MAX_ORDERS_PER_WINDOW = 50;

    private static final int MAX_ORDERS_PER_DAY = 160_000;

    private static final long WINDOW_MILLIS = 10_000;

    private static final long DAY_MILLIS = 86_400_000;

    private final ServerClock serverClock;

    private long window;

    private long day;

    private int windowCount;

    private int dayCount;

    private long blockedUntilMillis;

    OrderRateLimiter(ServerClock serverClock) {
        this.serverClock = serverClock;
    }

    /**
     * Counts an order, if there may be one.
     * @return 0 where it is counted, else how many milliseconds to wait
     */
    synchronized long tryAcquire() {
        long nowMillis = this.serverClock.millis();
        rollWindows(nowMillis);
        long blockedMillis = this.blockedUntilMillis - this.serverClock.localMillis();
        if (blockedMillis > 0) {
            return blockedMillis;
        }
        if (this.dayCount >= MAX_ORDERS_PER_DAY) {
            return DAY_MILLIS - Math.floorMod(nowMillis, DAY_MILLIS);
        }
        if (this.windowCount >= MAX_ORDERS_PER_WINDOW) {
            return WINDOW_MILLIS - Math.floorMod(nowMillis, WINDOW_MILLIS);
        }
        this.windowCount++;
        this.dayCount++;
        return 0;
    }

    /**
     * Takes what the broker says was used.
     * @param windowOrders orders in these ten seconds, or negative where it says nothing
     * @param dayOrders orders of this day, or negative
     */
    synchronized void updateCounts(int windowOrders, int dayOrders) {
        rollWindows(this.serverClock.millis());
        this.windowCount = (windowOrders < 0) ? this.windowCount : windowOrders;
        this.dayCount = (dayOrders < 0) ? this.dayCount : dayOrders;
    }

    /**
     * Makes no orders for a while.
     * @param durationMillis how long
     */
    synchronized void block(long durationMillis) {
        this.blockedUntilMillis = this.serverClock.localMillis() + durationMillis;
    }

    private void rollWindows(long nowMillis) {
        if (this.window != Math.floorDiv(nowMillis, WINDOW_MILLIS)) {
            this.window = Math.floorDiv(nowMillis, WINDOW_MILLIS);
            this.windowCount = 0;
        }
        if (this.day != Math.floorDiv(nowMillis, DAY_MILLIS)) {
            this.day = Math.floorDiv(nowMillis, DAY_MILLIS);
            this.dayCount = 0;
        }
    }

}
