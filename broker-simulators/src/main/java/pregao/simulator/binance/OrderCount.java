package pregao.simulator.binance;

import tools.jackson.databind.node.ArrayNode;

import pregao.simulator.Json;

/**
 * How many orders an account has made that were not filled, by the wall clock.
 */
final class OrderCount {

    static final int A_TURN = 50;

    static final int A_DAY = 160_000;

    private static final long TURN_MILLIS = 10_000;

    private static final long DAY_MILLIS = 86_400_000;

    private long turn;

    private long day;

    private int inTurn;

    private int inDay;

    /**
     * Counts an order.
     * @param now epoch milliseconds
     * @throws ApiErrorException where it is too much
     */
    void take(long now) {
        if (this.turn != now / TURN_MILLIS) {
            this.turn = now / TURN_MILLIS;
            this.inTurn = 0;
        }
        if (this.day != now / DAY_MILLIS) {
            this.day = now / DAY_MILLIS;
            this.inDay = 0;
        }
        if (this.inTurn >= A_TURN || this.inDay >= A_DAY) {
            throw new ApiErrorException(429, -1015,
                    "Too many new orders; current limit is %d orders per 10 SECOND.".formatted(A_TURN),
                    Math.ceilDiv(TURN_MILLIS - now % TURN_MILLIS, 1000L));
        }
        this.inTurn++;
        this.inDay++;
    }

    /** An order was filled, at least in part. */
    void giveBack() {
        this.inTurn = Math.max(0, this.inTurn - 1);
        this.inDay = Math.max(0, this.inDay - 1);
    }

    /**
     * What {@code rateLimit/order} answers.
     * @param now epoch milliseconds
     * @return how many of how many
     */
    ArrayNode json(long now) {
        ArrayNode limits = Json.array();
        limits.addObject()
            .put("rateLimitType", "ORDERS")
            .put("interval", "SECOND")
            .put("intervalNum", 10)
            .put("limit", A_TURN)
            .put("count", (this.turn == now / TURN_MILLIS) ? this.inTurn : 0);
        limits.addObject()
            .put("rateLimitType", "ORDERS")
            .put("interval", "DAY")
            .put("intervalNum", 1)
            .put("limit", A_DAY)
            .put("count", (this.day == now / DAY_MILLIS) ? this.inDay : 0);
        return limits;
    }

    int inTurn() {
        return this.inTurn;
    }

    int inDay() {
        return this.inDay;
    }

}
