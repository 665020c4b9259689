package pregao.stack;

import java.util.HashSet;
import java.util.Map;

import org.junit.jupiter.api.Test;

import pregao.stack.process.StartFailed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link StackPorts} and {@link Addresses}.
 */
class StackSettingsTests {

    @Test
    void movesAllPortsWithTheirBase() {
        StackPorts moved = StackPorts.from(18080);
        assertThat(moved.of("gateway")).isEqualTo(18080);
        assertThat(moved.of("ingest")).isEqualTo(18082);
        assertThat(moved.of("gateway-management")).isEqualTo(18090);
        assertThat(moved.of("ingest-management")).isEqualTo(18092);
        assertThat(moved.byName().keySet()).isEqualTo(StackPorts.usual().byName().keySet());
        assertThat(new HashSet<>(moved.byName().values())).hasSameSizeAs(moved.byName().values());
    }

    @Test
    void changesOnePort() {
        assertThat(StackPorts.usual().with("kafka", 19092).of("kafka")).isEqualTo(19092);
        assertThat(StackPorts.usual().of("kafka")).isEqualTo(9092);
    }

    @Test
    void choosesWhatIsLeftOpen() {
        StackPorts chosen = StackPorts.usual().with("kafka", 0).chosen();
        assertThat(chosen.of("kafka")).isPositive();
        assertThat(chosen.of("redis")).isEqualTo(6379);
    }

    @Test
    void usesTheServersOfTheEnvironment() {
        Addresses addresses = Addresses.of(Map.of("PREGAO_KAFKA", "broker:9092", "PREGAO_REDIS_URL", "redis://r:6379"));
        assertThat(addresses).isEqualTo(new Addresses("", "broker:9092", "redis://r:6379", Map.of()));
    }

    @Test
    void asksForThePasswordsOfADatabaseOfSomebodyElse() {
        assertThatExceptionOfType(StartFailed.class)
            .isThrownBy(() -> Addresses.of(Map.of("PREGAO_DATABASE_URL", "postgresql://db:5432/pregao")))
            .withMessageContaining("PREGAO_DATABASE_PASSWORD_INGEST")
            .withMessageContaining("bootstrap.sql");
    }

}
