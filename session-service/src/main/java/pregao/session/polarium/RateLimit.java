package pregao.session.polarium;

/**
 * A bucket of permits that fills steadily. Permits are given in advance: who takes one
 * waits for it.
 */
final class RateLimit {

    private final long nanosAPermit;

    private final long burst;

    /** When the bucket is full again, were nobody to take one. */
    private long full;

    private boolean used;

    /**
     * A full bucket.
     * @param aSecond permits that come in a second
     * @param burst how many it holds
     */
    RateLimit(int aSecond, int burst) {
        this.nanosAPermit = 1_000_000_000L / aSecond;
        this.burst = burst;
    }

    /**
     * Takes a permit.
     * @param now nanoseconds of any clock that does not jump
     * @return how many nanoseconds from now it is good
     */
    synchronized long take(long now) {
        if (!this.used || this.full - now < 0) {
            this.full = now;
            this.used = true;
        }
        this.full += this.nanosAPermit;
        return Math.max(0, this.full - now - this.burst * this.nanosAPermit);
    }

}
