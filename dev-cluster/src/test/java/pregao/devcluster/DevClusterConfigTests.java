package pregao.devcluster;

import java.util.HashSet;
import java.util.Map;

import org.junit.jupiter.api.Test;

import pregao.devcluster.process.StartupException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link DevClusterPorts} and {@link ExternalServers}.
 */
class DevClusterConfigTests {

    @Test
    void movesAllPortsWithTheirBase() {
        DevClusterPorts moved = DevClusterPorts.from(18080);
        assertThat(moved.of("gateway")).isEqualTo(18080);
        assertThat(moved.of("ingest")).isEqualTo(18082);
        assertThat(moved.of("gateway-management")).isEqualTo(18090);
        assertThat(moved.of("ingest-management")).isEqualTo(18092);
        assertThat(moved.byName().keySet()).isEqualTo(DevClusterPorts.usual().byName().keySet());
        assertThat(new HashSet<>(moved.byName().values())).hasSameSizeAs(moved.byName().values());
    }

    @Test
    void changesOnePort() {
        assertThat(DevClusterPorts.usual().with("kafka", 19092).of("kafka")).isEqualTo(19092);
        assertThat(DevClusterPorts.usual().of("kafka")).isEqualTo(9092);
    }

    @Test
    void choosesWhatIsLeftOpen() {
        DevClusterPorts chosen = DevClusterPorts.usual().with("kafka", 0).chosen();
        assertThat(chosen.of("kafka")).isPositive();
        assertThat(chosen.of("redis")).isEqualTo(6379);
    }

    @Test
    void usesTheServersOfTheEnvironment() {
        ExternalServers addresses = ExternalServers
            .of(Map.of("PREGAO_KAFKA", "broker:9092", "PREGAO_REDIS_URL", "redis://r:6379"));
        assertThat(addresses).isEqualTo(new ExternalServers("", "broker:9092", "redis://r:6379", Map.of()));
    }

    @Test
    void asksForThePasswordsOfADatabaseOfSomebodyElse() {
        assertThatExceptionOfType(StartupException.class)
            .isThrownBy(() -> ExternalServers.of(Map.of("PREGAO_DATABASE_URL", "postgresql://db:5432/pregao")))
            .withMessageContaining("PREGAO_DATABASE_PASSWORD_INGEST")
            .withMessageContaining("bootstrap.sql");
    }

}
