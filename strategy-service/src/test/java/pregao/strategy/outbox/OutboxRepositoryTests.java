package pregao.strategy.outbox;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

import pregao.contracts.Topic;
import pregao.strategy.StrategyDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link OutboxRepository}.
 */
class OutboxRepositoryTests {

    private static final StrategyDatabase DATABASE = StrategyDatabase.shared();

    private static final UUID ANNA = new UUID(31, 1);

    private static final UUID BRUNO = new UUID(31, 2);

    private static final UUID CARLA = new UUID(31, 3);

    @AfterEach
    void empty() {
        JdbcClient.create(DATABASE.pool())
            .sql("delete from strategy.event where person = any (:people)")
            .param("people", new UUID[] { ANNA, BRUNO, CARLA })
            .update();
    }

    @Test
    void peopleDoNotWaitForEachOther() throws SQLException {
        try (Connection first = open(); Connection second = open()) {
            add(first, ANNA);
            add(second, BRUNO, CARLA);
            second.commit();
            first.commit();
        }
    }

    @Test
    void eventsOfOnePersonFollowTheirCommits() throws SQLException {
        try (Connection first = open(); Connection second = open()) {
            add(first, ANNA, BRUNO);
            assertThatExceptionOfType(SQLException.class).isThrownBy(() -> add(second, CARLA, BRUNO))
                .withMessageContaining("lock timeout");
            second.rollback();
            first.commit();
            add(second, CARLA, BRUNO);
            second.commit();
        }
        assertThat(JdbcClient.create(DATABASE.pool())
            .sql("select body from strategy.event where person = ? order by id")
            .param(BRUNO)
            .query((row, number) -> row.getBytes(1)[0])
            .list()).containsExactly((byte) 2, (byte) 2);
    }

    private static Connection open() throws SQLException {
        Connection connection = DATABASE.pool().getConnection();
        connection.setAutoCommit(false);
        return connection;
    }

    private static void add(Connection connection, UUID... userIds) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("set local lock_timeout = '300ms'");
        }
        OutboxRepository.insert(connection,
                Arrays.stream(userIds)
                    .map((userId) -> new LedgerEvent(userId, Topic.ORDER,
                            (eventId) -> new byte[] { (byte) userId.getLeastSignificantBits() }))
                    .toList(),
                Instant.EPOCH);
    }

}
