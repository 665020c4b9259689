package pregao.session.broker.binance;

/**
 * Rate limiter for the orders of an account: 50 per 10 s and 160,000 per day, in windows
 * of the server clock. Filled orders don't count, which the counts in Binance's responses
 * reflect.
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
     * Counts an order if the limits allow it.
     * @return 0 if the order is counted, else the milliseconds to wait
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
     * Updates the counts from a response.
     * @param windowOrders the orders in the current 10 s, or negative if the response
     * doesn't say
     * @param dayOrders the orders in the current day, or negative if the response doesn't
     * say
     */
    synchronized void updateCounts(int windowOrders, int dayOrders) {
        rollWindows(this.serverClock.millis());
        this.windowCount = (windowOrders < 0) ? this.windowCount : windowOrders;
        this.dayCount = (dayOrders < 0) ? this.dayCount : dayOrders;
    }

    /**
     * Blocks all orders for some time.
     * @param durationMillis the time in milliseconds
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
