package pregao.gateway;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.util.Optional;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.Environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests that metrics and log levels, which require no login, are not reachable from the
 * network.
 */
class ManagementAddressTests {

    private static final int TIMEOUT_MILLIS = 10_000;

    @Test
    void listensOnTheLoopbackAddressOnly() throws IOException {
        try (RunningGateway gateway = RunningGateway.start()) {
            Environment settings = gateway.bean(Environment.class);
            int port = settings.getRequiredProperty("local.management.port", Integer.class);
            assertThat(settings.getProperty("management.server.address")).isEqualTo("127.0.0.1");
            gateway.managementClient().get().uri("/metrics").exchange().expectStatus().isOk();
            Optional<InetAddress> outside = outside();
            Assumptions.assumeTrue(outside.isPresent(), "this machine has no other address");
            try (Socket socket = new Socket()) {
                assertThatExceptionOfType(ConnectException.class)
                    .isThrownBy(() -> socket.connect(new InetSocketAddress(outside.get(), port), TIMEOUT_MILLIS));
            }
        }
    }

    private static Optional<InetAddress> outside() throws IOException {
        return NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .filter((address) -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
            .findFirst();
    }

}
