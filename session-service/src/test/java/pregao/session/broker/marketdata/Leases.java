package pregao.session.broker.marketdata;

import java.time.Duration;
import java.util.Objects;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Replicas that want a feed, for tests elsewhere.
 */
public final class Leases {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final FeedLeaseRepository lease;

    public Leases(DatabaseClient database, String feed) {
        this.lease = new FeedLeaseRepository(database, feed);
    }

    public boolean acquire() {
        return Objects.requireNonNull(this.lease.acquire().block(TIMEOUT));
    }

    public void release() {
        this.lease.release().block(TIMEOUT);
    }

}
