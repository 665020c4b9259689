package pregao.session.broker.ownership;

import java.time.Duration;

import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.spi.ConnectionFactories;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcConnectionDetails;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

/**
 * A connection pool for heartbeats only, so that many concurrent requests cannot delay
 * heartbeats and make this replica look dead.
 */
@Component
class HeartbeatConnectionPool implements DisposableBean {

    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(2);

    private final ConnectionPool pool;

    HeartbeatConnectionPool(R2dbcConnectionDetails details) {
        this.pool = new ConnectionPool(
                ConnectionPoolConfiguration.builder(ConnectionFactories.get(details.getConnectionFactoryOptions()))
                    .name("beat")
                    .initialSize(0)
                    .maxSize(2)
                    .maxAcquireTime(REQUEST_TIMEOUT)
                    .maxCreateConnectionTime(REQUEST_TIMEOUT)
                    .build());
    }

    DatabaseClient createClient() {
        return DatabaseClient.create(this.pool);
    }

    @Override
    public void destroy() {
        this.pool.disposeLater().block(REQUEST_TIMEOUT);
    }

}
