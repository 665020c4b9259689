package pregao.session.broker.marketdata;

import java.time.Duration;
import java.util.Objects;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * A replica that competes for the lease of a feed, for tests of other packages.
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
