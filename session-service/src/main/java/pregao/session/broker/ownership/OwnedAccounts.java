package pregao.session.broker.ownership;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * The accounts that this replica owns: those of the last heartbeat and those claimed
 * since. Times are nanoseconds of a monotonic clock that also advances while this process
 * is paused.
 */
final class OwnedAccounts {

    private final Map<UUID, HeldAccount> heldAccounts = new HashMap<>();

    /**
     * Epochs of accounts that this replica has released, while the database may not know
     * yet.
     */
    private final Map<UUID, Long> releasedEpochs = new HashMap<>();

    private final long fenceNanos;

    private long lastHeartbeatNanos;

    private boolean closed;

    OwnedAccounts(Duration fenceTimeout, long nowNanos) {
        this.fenceNanos = fenceTimeout.toNanos();
        this.lastHeartbeatNanos = nowNanos - this.fenceNanos;
    }

    /**
     * Replaces the owned accounts by the result of a heartbeat.
     * @param requestedAtNanos when the heartbeat was sent
     * @param owned the epochs by account
     * @return the accounts that are no longer owned and those that are newly owned
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
     * Records that an account was claimed.
     * @param account the account
     * @param epoch the new epoch
     * @param nowNanos the time after the database confirmed the claim
     * @return false if this replica is shutting down and owns no accounts any more
     */
    synchronized boolean recordClaim(UUID account, long epoch, long nowNanos) {
        if (!this.closed) {
            this.heldAccounts.put(account, new HeldAccount(epoch, nowNanos));
        }
        return !this.closed;
    }

    /**
     * Releases an account before the database is updated.
     * @param account the account
     */
    synchronized void release(UUID account) {
        HeldAccount heldAccount = this.heldAccounts.remove(account);
        if (heldAccount != null) {
            this.releasedEpochs.put(account, heldAccount.epoch());
        }
    }

    /** Releases all accounts; later claims and heartbeats add none. */
    synchronized void close() {
        this.closed = true;
        this.heldAccounts.clear();
    }

    synchronized boolean isClosed() {
        return this.closed;
    }

    /**
     * Returns whether this replica certainly owns an account.
     * @param account the account
     * @param epoch the epoch of the ownership
     * @param nowNanos the current time
     * @return false if another replica may own the account
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
