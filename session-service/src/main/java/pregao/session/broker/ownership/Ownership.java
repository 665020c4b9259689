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
 * This replica among the others: it says that it lives, knows for which accounts it
 * speaks, and takes over from those that fell silent.
 */
@Component
public class Ownership {

    private static final Logger log = LoggerFactory.getLogger(Ownership.class);

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    /** One of each process: a new one owns nothing of the one before it. */
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
     * Says that this replica lives, and takes what others let go. Only one thread comes
     * here, and it may wait.
     * @return what is other than before
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
     * Which replica this is.
     * @return its id
     */
    public UUID id() {
        return this.id;
    }

    /**
     * Takes an account that nobody has.
     * @param account which
     * @return its epoch; empty where somebody has it, or where this replica ends
     */
    public Mono<Long> claim(UUID account) {
        if (this.ownedAccounts.isClosed()) {
            return Mono.empty();
        }
        return this.replicas.claimAccount(this.id, account)
            .filter((epoch) -> this.ownedAccounts.recordClaim(account, epoch, System.nanoTime()));
    }

    /**
     * Notes an account that was made here, by whoever made it.
     * @param account which
     * @param epoch its first
     */
    public void recordCreated(UUID account, long epoch) {
        this.ownedAccounts.recordClaim(account, epoch, System.nanoTime());
    }

    /**
     * Whether this replica certainly speaks for an account.
     * @param account which
     * @param epoch under which it was asked to
     * @return to be asked at the last moment
     */
    public OwnershipCheck ownershipCheck(UUID account, long epoch) {
        return () -> this.ownedAccounts.isOwner(account, epoch, System.nanoTime());
    }

    /**
     * Whether this replica owns an account, as far as it knows.
     * @param account which
     * @param epoch under which
     * @return false also where it has just let go of it
     */
    public boolean isOwned(UUID account, long epoch) {
        return this.ownedAccounts.isHeld(account, epoch);
    }

    /**
     * Where another replica is.
     * @param owner which
     * @return its address; empty where it is silent or gone
     */
    public Mono<String> findAddress(UUID owner) {
        return this.replicas.findAddress(owner);
    }

    /**
     * Speaks for an account no longer; to be called before the database is told.
     * @param account which
     */
    public void release(UUID account) {
        this.ownedAccounts.release(account);
    }

    /**
     * Whether this replica ends.
     * @return true where it takes nothing more
     */
    public boolean isClosed() {
        return this.ownedAccounts.isClosed();
    }

    /**
     * Speaks for nothing any more, and lets others take all at once. Whoever calls may
     * wait.
     */
    public void leave() {
        this.ownedAccounts.close();
        this.replicas.removeReplica(this.id).block(TIMEOUT);
    }

    /** Forgets replicas that were not heard of for long. */
    public void deleteStaleReplicas() {
        this.replicas.deleteStale().block(TIMEOUT);
    }

}
