package pregao.simulator.binance;

import tools.jackson.databind.node.ArrayNode;

import pregao.simulator.Json;

/**
 * How much the one address that there is may ask for, by the minute of the wall clock.
 */
final class Limits {

    private static final int MINUTE = 60_000;

    /**
     * Requests sent in one wait that one was told of, after which the address is banned.
     */
    private static final int TIMEOUT_MILLIS = 3;

    private final SimulatorClock clock;

    private int most = 6000;

    private long minute;

    private int used;

    private long stoppedUntil;

    private boolean banned;

    private int ignored;

    private int ignoredNow;

    Limits(SimulatorClock clock) {
        this.clock = clock;
    }

    void most(int weight) {
        this.most = weight;
    }

    int used() {
        return (this.minute == this.clock.millis() / MINUTE) ? this.used : 0;
    }

    /**
     * Requests that came although the address was told to wait.
     * @return since the start
     */
    int ignored() {
        return this.ignored;
    }

    /**
     * Counts a request.
     * @param weight of it
     * @throws ApiErrorException where it is too much
     */
    void take(int weight) {
        long now = this.clock.millis();
        if (now < this.stoppedUntil) {
            this.ignored++;
            this.ignoredNow++;
            if (this.ignoredNow >= TIMEOUT_MILLIS && !this.banned) {
                stop(2 * MINUTE, true);
            }
            throw refusal();
        }
        this.banned = false;
        if (this.minute != now / MINUTE) {
            this.minute = now / MINUTE;
            this.used = 0;
        }
        this.used += weight;
        if (this.used > this.most) {
            stop(MINUTE - now % MINUTE, false);
            throw refusal();
        }
    }

    void giveBack(int weight) {
        this.used = Math.max(0, this.used - weight);
    }

    /**
     * Wants no requests for a while.
     * @param millis how long
     * @param ban whether it is a ban
     */
    void stop(long millis, boolean ban) {
        this.stoppedUntil = this.clock.millis() + millis;
        this.banned = ban;
        this.ignoredNow = 0;
    }

    /**
     * What is said to whoever asks although they are to wait.
     * @return 429 or 418
     */
    ApiErrorException refusal() {
        long seconds = Math.ceilDiv(this.stoppedUntil - this.clock.millis(), 1000L);
        return this.banned
                ? new ApiErrorException(418, -1003,
                        "Way too much request weight used; IP banned until %d.".formatted(this.stoppedUntil), seconds)
                : new ApiErrorException(429, -1003,
                        "Too much request weight used; current limit is %d request weight per 1 MINUTE."
                            .formatted(this.most),
                        seconds);
    }

    ArrayNode json() {
        ArrayNode limits = Json.array();
        limits.addObject()
            .put("rateLimitType", "REQUEST_WEIGHT")
            .put("interval", "MINUTE")
            .put("intervalNum", 1)
            .put("limit", this.most);
        limits.addObject()
            .put("rateLimitType", "ORDERS")
            .put("interval", "SECOND")
            .put("intervalNum", 10)
            .put("limit", OrderCount.A_TURN);
        limits.addObject()
            .put("rateLimitType", "ORDERS")
            .put("interval", "DAY")
            .put("intervalNum", 1)
            .put("limit", OrderCount.A_DAY);
        return limits;
    }

}
