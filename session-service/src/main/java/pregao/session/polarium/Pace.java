package pregao.session.polarium;

/**
 * How fast one session may ask, and order.
 */
final class Pace {

    private final RateLimit calls = new RateLimit(5, 10);

    private final RateLimit orders = new RateLimit(1, 1);

    /**
     * Takes a turn.
     * @param order whether it is for an order
     * @return how many nanoseconds to wait
     */
    long take(boolean order) {
        long now = System.nanoTime();
        long wait = this.calls.take(now);
        return order ? Math.max(wait, this.orders.take(now)) : wait;
    }

}
