package pregao.session.broker.binance;

/**
 * How much this address may still ask the broker for: so much weight in each minute of
 * the broker's clock, nothing while the broker wants to be left alone. Everybody here
 * shares it; of each minute a tenth is kept for orders and what belongs to them.
 */
final class RequestWeightLimiter {

    private static final long MINUTE = 60_000;

    private static final int KEPT = 10;

    private final ServerClock clock;

    private int most = 6000;

    private long minute;

    private int used;

    private long stoppedUntil;

    RequestWeightLimiter(ServerClock clock) {
        this.clock = clock;
    }

    /**
     * Takes what the broker says the limit is.
     * @param weight a minute
     */
    synchronized void most(int weight) {
        this.most = weight;
    }

    /**
     * Spends weight, if it is there.
     * @param weight of the request
     * @param urgent whether it may use what is kept
     * @return 0 where it is spent, else how many milliseconds to wait before asking again
     */
    synchronized long take(int weight, boolean urgent) {
        long now = this.clock.millis();
        long stopped = this.stoppedUntil - this.clock.ours();
        if (stopped > 0) {
            return stopped;
        }
        roll(now);
        int allowed = urgent ? this.most : this.most - this.most / KEPT;
        if (this.used > 0 && this.used + weight > allowed) {
            return MINUTE - Math.floorMod(now, MINUTE);
        }
        this.used += weight;
        return 0;
    }

    /**
     * Takes what the broker says was used; others may share the address.
     * @param weight in this minute
     */
    synchronized void used(int weight) {
        roll(this.clock.millis());
        this.used = Math.max(this.used, weight);
    }

    /**
     * Leaves the broker alone.
     * @param millis how long at least
     */
    synchronized void stop(long millis) {
        this.stoppedUntil = Math.max(this.stoppedUntil, this.clock.ours() + millis);
    }

    /**
     * Whether the broker wants to be left alone.
     * @return for how many milliseconds, or 0
     */
    synchronized long stopped() {
        return Math.max(0, this.stoppedUntil - this.clock.ours());
    }

    private void roll(long now) {
        long present = Math.floorDiv(now, MINUTE);
        if (this.minute != present) {
            this.minute = present;
            this.used = 0;
        }
    }

}
