package pregao.strategy.job;

/**
 * How much of a pool that all people share one person may have: everything that is
 * allowed while half of the pool is free, then less and less, and one as long as there is
 * any. So whoever has little of it gets in where whoever has much must wait, and nobody
 * waits for others while there is room.
 */
public final class FairShare {

    private FairShare() {
    }

    /**
     * The share of a person, whoever it is.
     * @param most that one person may ever have
     * @param total of the pool
     * @param taken of it, by everybody
     * @return from 0, where the pool is full, to {@code most}
     */
    public static int of(int most, int total, long taken) {
        long free = Math.clamp(total - taken, 0, (long) total);
        return (int) Math.min(most, Math.ceilDiv(2 * free * most, total));
    }

}
