package pregao.session.broker.ownership;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What this replica owns, as far as it may trust that: what the last beat said, and what
 * was claimed since. Moments are nanoseconds of a clock that only goes on, also while
 * this process stands still.
 */
final class OwnedAccounts {

    private final Map<UUID, HeldAccount> heldAccounts = new HashMap<>();

    /** Given up here, while the database may not know yet. */
    private final Map<UUID, Long> releasedEpochs = new HashMap<>();

    private final long fenceNanos;

    private long lastHeartbeatNanos;

    private boolean closed;

    OwnedAccounts(Duration fenceTimeout, long nowNanos) {
        this.fenceNanos = fenceTimeout.toNanos();
        this.lastHeartbeatNanos = nowNanos - this.fenceNanos;
    }

    /**
     * Takes over what the database said after a beat.
     * @param requestedAtNanos before the beat was sent
     * @param owned the epochs by account
     * @return what is owned no longer, and what was not known to be
     */
    synchronized OwnershipChange applyHeartbeat(long requestedAtNanos, Map<UUID, Long> owned) {
        Set<UUID> lost = new HashSet<>();
        this.heldAccounts.forEach((account, heldAccount) -> {
            if (heldAccount.since() - requestedAtNanos < 0
                    && !owned.getOrDefault(account, -1L).equals(heldAccount.epoch())) {
                lost.add(account);
            }
        });
        this.heldAccounts.keySet().removeAll(lost);
        this.releasedEpochs.entrySet().removeIf((entry) -> !entry.getValue().equals(owned.get(entry.getKey())));
        Map<UUID, Long> gained = new HashMap<>();
        owned.forEach((account, epoch) -> {
            if (!this.closed && !this.heldAccounts.containsKey(account) && !this.releasedEpochs.containsKey(account)) {
                this.heldAccounts.put(account, new HeldAccount(epoch, requestedAtNanos));
                gained.put(account, epoch);
            }
        });
        this.lastHeartbeatNanos = requestedAtNanos;
        return new OwnershipChange(lost, gained);
    }

    /**
     * Notes that an account was claimed.
     * @param account which
     * @param epoch the new one
     * @param nowNanos after the database said so
     * @return false where nothing is taken any more
     */
    synchronized boolean recordClaim(UUID account, long epoch, long nowNanos) {
        if (!this.closed) {
            this.heldAccounts.put(account, new HeldAccount(epoch, nowNanos));
        }
        return !this.closed;
    }

    /**
     * Gives an account up, before the database knows.
     * @param account which
     */
    synchronized void release(UUID account) {
        HeldAccount heldAccount = this.heldAccounts.remove(account);
        if (heldAccount != null) {
            this.releasedEpochs.put(account, heldAccount.epoch());
        }
    }

    /** Gives everything up, and takes nothing more. */
    synchronized void close() {
        this.closed = true;
        this.heldAccounts.clear();
    }

    synchronized boolean isClosed() {
        return this.closed;
    }

    /**
     * Whether this replica certainly speaks for an account.
     * @param account which
     * @param epoch under which it was asked to
     * @param nowNanos this moment
     * @return false where another may do so
     */
    synchronized boolean isOwner(UUID account, long epoch, long nowNanos) {
        return nowNanos - this.lastHeartbeatNanos < this.fenceNanos && isHeld(account, epoch);
    }

    synchronized boolean isHeld(UUID account, long epoch) {
        HeldAccount heldAccount = this.heldAccounts.get(account);
        return heldAccount != null && heldAccount.epoch() == epoch;
    }

    private record HeldAccount(Long epoch, long since) {

    }

}
