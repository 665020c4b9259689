package pregao.strategy.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import pregao.strategy.StrategyDatabase;

import static org.assertj.core.api.Assertions.assertThat;

class AdvisoryLockTests {

    @Test
    void isOfOneKindAndOneKey() throws SQLException {
        UUID key = UUID.randomUUID();
        try (Connection holder = StrategyDatabase.shared().pool().getConnection();
                Connection other = StrategyDatabase.shared().pool().getConnection()) {
            holder.setAutoCommit(false);
            AdvisoryLock.JOBS.lock(holder, key);
            assertThat(isFree(other, AdvisoryLock.JOBS, key)).isFalse();
            assertThat(isFree(other, AdvisoryLock.STRATEGIES, key)).isTrue();
            assertThat(isFree(other, AdvisoryLock.JOBS, UUID.randomUUID())).isTrue();
            holder.rollback();
            assertThat(isFree(other, AdvisoryLock.JOBS, key)).isTrue();
        }
    }

    @Test
    void hasANumberOfItsOwn() {
        assertThat(Arrays.stream(AdvisoryLock.values()).map(AdvisoryLock::number)).doesNotHaveDuplicates();
    }

    /** A lock with one key could collide by chance with one in another place. */
    @Test
    void isTheOnlyWayToLockByName() throws IOException {
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            List<Path> violations = sources.filter(Files::isRegularFile)
                .filter((file) -> !file.endsWith("AdvisoryLock.java"))
                .filter(AdvisoryLockTests::locksByOneKey)
                .toList();
            assertThat(violations).isEmpty();
        }
    }

    private static boolean locksByOneKey(Path file) {
        try {
            return Files.readString(file).contains("advisory_xact_lock(");
        }
        catch (IOException ex) {
            throw new java.io.UncheckedIOException(ex);
        }
    }

    private static boolean isFree(Connection connection, AdvisoryLock lock, UUID key) throws SQLException {
        try (PreparedStatement statement = connection
            .prepareStatement("select pg_try_advisory_xact_lock(?, hashtext(?))")) {
            statement.setInt(1, lock.number());
            statement.setString(2, key.toString());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

}
