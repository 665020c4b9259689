package pregao.session.binance;

/**
 * When a WebSocket may be opened: the broker allows 300 in five minutes from one address.
 */
final class Turns {

    private static final long NANOS_A_TURN = 1_250_000_000L;

    private static final long BURST = 50;

    /** When all turns are there again, were nobody to take one. */
    private long full;

    private boolean used;

    /**
     * Takes a turn.
     * @param now nanoseconds of any clock that does not jump
     * @return how many nanoseconds from now it is
     */
    synchronized long take(long now) {
        if (!this.used || this.full - now < 0) {
            this.full = now;
            this.used = true;
        }
        this.full += NANOS_A_TURN;
        return Math.max(0, this.full - now - BURST * NANOS_A_TURN);
    }

}
