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

    private final Map<UUID, HeldAccount> held = new HashMap<>();

    /** Given up here, while the database may not know yet. */
    private final Map<UUID, Long> leaving = new HashMap<>();

    private final long fenceNanos;

    private long beatAt;

    private boolean closed;

    OwnedAccounts(Duration fence, long now) {
        this.fenceNanos = fence.toNanos();
        this.beatAt = now - this.fenceNanos;
    }

    /**
     * Takes over what the database said after a beat.
     * @param asked before the beat was sent
     * @param owned the epochs by account
     * @return what is owned no longer, and what was not known to be
     */
    synchronized OwnershipChange applyHeartbeat(long asked, Map<UUID, Long> owned) {
        Set<UUID> lost = new HashSet<>();
        this.held.forEach((account, holding) -> {
            if (holding.since() - asked < 0 && !owned.getOrDefault(account, -1L).equals(holding.epoch())) {
                lost.add(account);
            }
        });
        this.held.keySet().removeAll(lost);
        this.leaving.entrySet().removeIf((each) -> !each.getValue().equals(owned.get(each.getKey())));
        Map<UUID, Long> gained = new HashMap<>();
        owned.forEach((account, epoch) -> {
            if (!this.closed && !this.held.containsKey(account) && !this.leaving.containsKey(account)) {
                this.held.put(account, new HeldAccount(epoch, asked));
                gained.put(account, epoch);
            }
        });
        this.beatAt = asked;
        return new OwnershipChange(lost, gained);
    }

    /**
     * Notes that an account was claimed.
     * @param account which
     * @param epoch the new one
     * @param now after the database said so
     * @return false where nothing is taken any more
     */
    synchronized boolean claimed(UUID account, long epoch, long now) {
        if (!this.closed) {
            this.held.put(account, new HeldAccount(epoch, now));
        }
        return !this.closed;
    }

    /**
     * Gives an account up, before the database knows.
     * @param account which
     */
    synchronized void dropped(UUID account) {
        HeldAccount holding = this.held.remove(account);
        if (holding != null) {
            this.leaving.put(account, holding.epoch());
        }
    }

    /** Gives everything up, and takes nothing more. */
    synchronized void close() {
        this.closed = true;
        this.held.clear();
    }

    synchronized boolean isClosed() {
        return this.closed;
    }

    /**
     * Whether this replica certainly speaks for an account.
     * @param account which
     * @param epoch under which it was asked to
     * @param now this moment
     * @return false where another may do so
     */
    synchronized boolean isOwner(UUID account, long epoch, long now) {
        return now - this.beatAt < this.fenceNanos && has(account, epoch);
    }

    synchronized boolean has(UUID account, long epoch) {
        HeldAccount holding = this.held.get(account);
        return holding != null && holding.epoch() == epoch;
    }

    private record HeldAccount(Long epoch, long since) {

    }

}
