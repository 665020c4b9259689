package pregao.session.price;

import java.time.Duration;
import java.util.Objects;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Replicas that want a feed, for tests elsewhere.
 */
public final class Leases {

    private static final Duration BOUND = Duration.ofSeconds(10);

    private final Lease lease;

    public Leases(DatabaseClient database, String feed) {
        this.lease = new Lease(database, feed);
    }

    public boolean take() {
        return Objects.requireNonNull(this.lease.take().block(BOUND));
    }

    public void release() {
        this.lease.release().block(BOUND);
    }

}
