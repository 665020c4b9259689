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

    private final ReplicaRepository instances;

    private final OwnedAccounts holdings;

    private volatile String address;

    Ownership(ReplicaRepository instances, OwnershipProperties settings) {
        this.instances = instances;
        this.holdings = new OwnedAccounts(settings.fenceTimeout(), System.nanoTime());
        this.address = settings.address();
    }

    @EventListener
    void listens(WebServerInitializedEvent event) {
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
        OwnershipChange before = applyHeartbeat();
        if (this.holdings.isClosed() || take() == 0) {
            return before;
        }
        return before.and(applyHeartbeat());
    }

    private OwnershipChange applyHeartbeat() {
        long asked = System.nanoTime();
        return this.holdings.applyHeartbeat(asked,
                Objects.requireNonNull(this.instances.beat(this.id, this.address).block(TIMEOUT)));
    }

    private long take() {
        Long taken = this.instances.share(this.id)
            .map(RebalanceQuota::left)
            .filter((most) -> most > 0)
            .flatMap((most) -> this.instances.take(this.id, most))
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
        if (this.holdings.isClosed()) {
            return Mono.empty();
        }
        return this.instances.claim(this.id, account)
            .filter((epoch) -> this.holdings.claimed(account, epoch, System.nanoTime()));
    }

    /**
     * Notes an account that was made here, by whoever made it.
     * @param account which
     * @param epoch its first
     */
    public void made(UUID account, long epoch) {
        this.holdings.claimed(account, epoch, System.nanoTime());
    }

    /**
     * Whether this replica certainly speaks for an account.
     * @param account which
     * @param epoch under which it was asked to
     * @return to be asked at the last moment
     */
    public OwnershipCheck fence(UUID account, long epoch) {
        return () -> this.holdings.isOwner(account, epoch, System.nanoTime());
    }

    /**
     * Whether this replica owns an account, as far as it knows.
     * @param account which
     * @param epoch under which
     * @return false also where it has just let go of it
     */
    public boolean has(UUID account, long epoch) {
        return this.holdings.has(account, epoch);
    }

    /**
     * Where another replica is.
     * @param owner which
     * @return its address; empty where it is silent or gone
     */
    public Mono<String> address(UUID owner) {
        return this.instances.address(owner);
    }

    /**
     * Speaks for an account no longer; to be called before the database is told.
     * @param account which
     */
    public void drop(UUID account) {
        this.holdings.dropped(account);
    }

    /**
     * Whether this replica ends.
     * @return true where it takes nothing more
     */
    public boolean isClosed() {
        return this.holdings.isClosed();
    }

    /**
     * Speaks for nothing any more, and lets others take all at once. Whoever calls may
     * wait.
     */
    public void leave() {
        this.holdings.close();
        this.instances.leave(this.id).block(TIMEOUT);
    }

    /** Forgets replicas that were not heard of for long. */
    public void forgetOld() {
        this.instances.forgetOld().block(TIMEOUT);
    }

}
