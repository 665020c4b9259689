package pregao.strategy.job;

/**
 * Computes how much of a shared pool one user may hold. A user may hold the full
 * allowance while half of the pool is free. The share then shrinks with the free part of
 * the pool, and is at least one as long as anything is free. A user who holds little is
 * therefore served while a user who holds much has to wait, and no user waits for others
 * while there is room.
 */
public final class FairShare {

    private FairShare() {
    }

    /**
     * Returns the current share of a single user, which is the same for all users.
     * @param maxPerUser the largest share a user can have
     * @param total the size of the pool
     * @param used the part of the pool that all users hold together
     * @return a number from 0, if the pool is full, to {@code maxPerUser}
     */
    public static int compute(int maxPerUser, int total, long used) {
        long free = Math.clamp(total - used, 0, (long) total);
        return (int) Math.min(maxPerUser, Math.ceilDiv(2 * free * maxPerUser, total));
    }

}
