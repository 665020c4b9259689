package pregao.devcluster.brokersimulator;

import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import pregao.devcluster.process.Await;
import pregao.devcluster.process.Ports;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SimulatorProcess} and {@link Simulator}.
 */
class SimulatorProcessTests {

    @TempDir
    Path logs;

    @ParameterizedTest
    @EnumSource(Simulator.class)
    void isAProcessOfItsOwnThatAnswersAndEndsInOrder(Simulator simulator) {
        SimulatorProcess process = SimulatorProcess.start(simulator, Ports.free(), this.logs);
        try {
            assertThat(Await.holdsWithin(Duration.ofSeconds(30), process::isReady)).as(process.tail()).isTrue();
            assertThat(process.pid()).isNotEqualTo(ProcessHandle.current().pid());
        }
        finally {
            process.close();
        }
        assertThat(process.isAlive()).isFalse();
        assertThat(process.isReady()).isFalse();
        assertThat(process.tail()).contains("simulator");
    }

    @Test
    void tellsSessionServiceWherePolariumIsAndWhatToStream() {
        assertThat(Simulator.POLARIUM.environment(7081))
            .containsEntry("PREGAO_POLARIUM_LOGINS", "http://127.0.0.1:7081")
            .containsEntry("PREGAO_POLARIUM_SOCKET", "ws://127.0.0.1:7081/echo/websocket")
            .containsEntry("PREGAO_MARKETDATA_SYMBOLS_POLARIUM", "EURUSD-OTC,GBPUSD-OTC,USDJPY-OTC");
        assertThat(Simulator.POLARIUM.partName()).isEqualTo("polarium-simulator");
    }

}
