package pregao.aggregator.refresh;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

import javax.sql.DataSource;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

import pregao.aggregator.AggregatorTestEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AggregateRefreshTask}.
 */
@Tag("store")
class AggregateRefreshTaskTests {

    private static final long MAX_SIZE = Duration.ofMinutes(2).toNanos();

    private static boolean hasRequests(DataSource dataSource) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select exists (select from market.refresh_wish)")) {
            return row.next() && row.getBoolean(1);
        }
        catch (SQLException ex) {
            throw new IllegalStateException(ex);
        }
    }

    private static void awaitEnd(AggregateRefreshTask task) {
        task.stop();
        assertThat(Thread.getAllStackTraces().keySet()).noneMatch((thread) -> thread.getName().equals("refresh"));
    }

    @Test
    @EnabledIfSystemProperty(named = "pregao.test.edition", matches = "full", disabledReason = "needs the full edition")
    void doesWhatIsWishedForAndEnds() throws SQLException {
        DataSource dataSource = AggregatorTestEnvironment.database();
        try (Connection connection = dataSource.getConnection(); Statement statement = connection.createStatement()) {
            statement.execute("insert into market.refresh_wish (from_ts, to_ts) values ('2026-01-01', '2026-01-02')");
        }
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        AggregateRefreshTask thread = new AggregateRefreshTask(dataSource, new DatabaseJobs(registry), registry);
        thread.start();
        long end = System.nanoTime() + MAX_SIZE;
        while (hasRequests(dataSource)) {
            assertThat(System.nanoTime()).as("the wish is still there").isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
        awaitEnd(thread);
        assertThat(registry.counter("pregao.refresh.failures").count()).isZero();
    }

    @Test
    void endsWhenItIsStopped() {
        AggregateRefreshTask thread = new AggregateRefreshTask(AggregatorTestEnvironment.database(),
                new DatabaseJobs(new SimpleMeterRegistry()), new SimpleMeterRegistry());
        thread.start();
        assertThat(thread.isRunning()).isTrue();
        awaitEnd(thread);
        assertThat(thread.isRunning()).isFalse();
    }

}
