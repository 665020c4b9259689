package pregao.session.broker.ownership;

import java.time.Duration;
import java.util.Objects;
import java.util.UUID;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

import pregao.session.broker.api.OwnershipCheck;

/**
 * The membership of this replica among the others. It sends heartbeats, knows which
 * accounts the replica owns, and takes over accounts of replicas that left or stopped
 * sending heartbeats.
 */
@Component
public class Ownership {

    private static final Logger log = LoggerFactory.getLogger(Ownership.class);

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    /** One ID per process, so that a new process owns nothing of its predecessor. */
    private final UUID id = UUID.randomUUID();

    private final ReplicaRepository replicas;

    private final OwnedAccounts ownedAccounts;

    private volatile String address;

    Ownership(ReplicaRepository replicas, OwnershipProperties settings) {
        this.replicas = replicas;
        this.ownedAccounts = new OwnedAccounts(settings.fenceTimeout(), System.nanoTime());
        this.address = settings.address();
    }

    @EventListener
    void onWebServerInitialized(WebServerInitializedEvent event) {
        if (this.address.isEmpty() && !"management".equals(event.getApplicationContext().getServerNamespace())) {
            this.address = "http://127.0.0.1:" + event.getWebServer().getPort();
        }
    }

    /**
     * Sends a heartbeat and takes over accounts without a live owner. Blocks; call it
     * from one thread only.
     * @return the change since the previous heartbeat
     */
    public OwnershipChange heartbeat() {
        OwnershipChange change = applyHeartbeat();
        if (this.ownedAccounts.isClosed() || takeOrphanedAccounts() == 0) {
            return change;
        }
        return change.merge(applyHeartbeat());
    }

    private OwnershipChange applyHeartbeat() {
        long requestedAtNanos = System.nanoTime();
        return this.ownedAccounts.applyHeartbeat(requestedAtNanos,
                Objects.requireNonNull(this.replicas.recordHeartbeat(this.id, this.address).block(TIMEOUT)));
    }

    private long takeOrphanedAccounts() {
        Long taken = this.replicas.findQuota(this.id)
            .map(RebalanceQuota::computeRemaining)
            .filter((maxAccounts) -> maxAccounts > 0)
            .flatMap((maxAccounts) -> this.replicas.takeOrphans(this.id, maxAccounts))
            .block(TIMEOUT);
        long count = Objects.requireNonNullElse(taken, 0L);
        if (count > 0) {
            log.info("{} broker accounts taken over from replicas that left or fell silent", count);
        }
        return count;
    }

    /**
     * Returns the ID of this replica.
     * @return the ID
     */
    public UUID id() {
        return this.id;
    }

    /**
     * Claims an account that no live replica owns.
     * @param account the account
     * @return the new epoch; empty if another replica owns the account or this replica is
     * shutting down
     */
    public Mono<Long> claim(UUID account) {
        if (this.ownedAccounts.isClosed()) {
            return Mono.empty();
        }
        return this.replicas.claimAccount(this.id, account)
            .filter((epoch) -> this.ownedAccounts.recordClaim(account, epoch, System.nanoTime()));
    }

    /**
     * Records the ownership of an account that was created here.
     * @param account the account
     * @param epoch the first epoch of the account
     */
    public void recordCreated(UUID account, long epoch) {
        this.ownedAccounts.recordClaim(account, epoch, System.nanoTime());
    }

    /**
     * Returns a check of whether this replica certainly owns an account.
     * @param account the account
     * @param epoch the epoch of the ownership
     * @return the check, to be evaluated immediately before an order is sent
     */
    public OwnershipCheck ownershipCheck(UUID account, long epoch) {
        return () -> this.ownedAccounts.isOwner(account, epoch, System.nanoTime());
    }

    /**
     * Returns whether this replica owns an account, as far as it knows.
     * @param account the account
     * @param epoch the epoch of the ownership
     * @return false also if the account was just released
     */
    public boolean isOwned(UUID account, long epoch) {
        return this.ownedAccounts.isHeld(account, epoch);
    }

    /**
     * Finds the address of another replica.
     * @param owner the ID of the replica
     * @return the address; empty if the replica is gone or sends no heartbeats
     */
    public Mono<String> findAddress(UUID owner) {
        return this.replicas.findAddress(owner);
    }

    /**
     * Releases an account locally. Call it before the database is updated.
     * @param account the account
     */
    public void release(UUID account) {
        this.ownedAccounts.release(account);
    }

    /**
     * Returns whether this replica is shutting down.
     * @return true if it takes no more accounts
     */
    public boolean isClosed() {
        return this.ownedAccounts.isClosed();
    }

    /**
     * Releases all accounts so that other replicas can take them immediately. Blocks.
     */
    public void leave() {
        this.ownedAccounts.close();
        this.replicas.removeReplica(this.id).block(TIMEOUT);
    }

    /** Deletes replicas without a heartbeat in the last hour. Blocks. */
    public void deleteStaleReplicas() {
        this.replicas.deleteStale().block(TIMEOUT);
    }

}
