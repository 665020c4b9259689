package pregao.session.broker.binance;

/**
 * How many orders an account may still make: so many in each ten seconds and each day of
 * the broker's clock. Those that are filled do not count, as the broker tells.
 */
final class OrderRateLimiter {

    private static final int MOST_A_TURN = 50;

    private static final int MOST_A_DAY = 160_000;

    private static final long TURN_MILLIS = 10_000;

    private static final long DAY_MILLIS = 86_400_000;

    private final ServerClock clock;

    private long turn;

    private long day;

    private int inTurn;

    private int inDay;

    private long stoppedUntil;

    OrderRateLimiter(ServerClock clock) {
        this.clock = clock;
    }

    /**
     * Counts an order, if there may be one.
     * @return 0 where it is counted, else how many milliseconds to wait
     */
    synchronized long take() {
        long now = this.clock.millis();
        roll(now);
        long stopped = this.stoppedUntil - this.clock.ours();
        if (stopped > 0) {
            return stopped;
        }
        if (this.inDay >= MOST_A_DAY) {
            return DAY_MILLIS - Math.floorMod(now, DAY_MILLIS);
        }
        if (this.inTurn >= MOST_A_TURN) {
            return TURN_MILLIS - Math.floorMod(now, TURN_MILLIS);
        }
        this.inTurn++;
        this.inDay++;
        return 0;
    }

    /**
     * Takes what the broker says was used.
     * @param thisTurn orders in these ten seconds, or negative where it says nothing
     * @param today orders of this day, or negative
     */
    synchronized void used(int thisTurn, int today) {
        roll(this.clock.millis());
        this.inTurn = (thisTurn < 0) ? this.inTurn : thisTurn;
        this.inDay = (today < 0) ? this.inDay : today;
    }

    /**
     * Makes no orders for a while.
     * @param millis how long
     */
    synchronized void stop(long millis) {
        this.stoppedUntil = this.clock.ours() + millis;
    }

    private void roll(long now) {
        if (this.turn != Math.floorDiv(now, TURN_MILLIS)) {
            this.turn = Math.floorDiv(now, TURN_MILLIS);
            this.inTurn = 0;
        }
        if (this.day != Math.floorDiv(now, DAY_MILLIS)) {
            this.day = Math.floorDiv(now, DAY_MILLIS);
            this.inDay = 0;
        }
    }

}
