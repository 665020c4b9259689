package pregao.devcluster.process;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.stream.IntStream;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link Ports}.
 */
class PortsTests {

    @Test
    void claimsAFreePort() {
        int free = Ports.free();
        assertThat(Ports.claim("kafka", free)).isEqualTo(free);
        assertThat(Ports.claim("kafka", 0)).isPositive();
    }

    @RepeatedTest(20)
    void takesNoPortThatAnOutgoingConnectionMayTake() {
        assertThat(Ports.free()).isBetween(20_000, 32_767);
    }

    @Test
    void givesNoPortTwice() {
        assertThat(IntStream.range(0, 500).mapToObj((number) -> Ports.free())).doesNotHaveDuplicates();
    }

    @Test
    void namesATakenPortAndHowToChooseAnother() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, Ports.loopback(0).getAddress())) {
            assertThatExceptionOfType(PortInUseException.class)
                .isThrownBy(() -> Ports.claim("kafka", taken.getLocalPort()))
                .withMessageContaining("port " + taken.getLocalPort() + " for kafka is in use")
                .withMessageContaining("--kafka-port");
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void namesTheProcessThatHasAPort() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, Ports.loopback(0).getAddress())) {
            assertThat(Ports.owner(taken.getLocalPort())).contains(ProcessHandle.current());
        }
    }

    @Test
    void tellsWhetherSomebodyListens() throws IOException {
        int port;
        try (ServerSocket taken = new ServerSocket(0, 1, Ports.loopback(0).getAddress())) {
            port = taken.getLocalPort();
            assertThat(Ports.isListening(port)).isTrue();
        }
        assertThat(Ports.isListening(port)).isFalse();
    }

}
