package pregao.session.broker.binance;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import javax.net.ssl.KeyManagerFactory;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

import pregao.session.broker.api.BrokerException;
import pregao.session.broker.api.Credentials;
import pregao.session.broker.api.LoginResult;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests that no request reaches an impostor of the broker.
 */
class TlsTests {

    private static final String PASSWORD = "not-a-secret";

    @TempDir
    private Path folder;

    private final AtomicInteger requests = new AtomicInteger();

    @Test
    void tellsNothingToWhoeverHasACertificateOfTheirOwn() throws Exception {
        DisposableServer server = startImpostor();
        try (BinanceBroker broker = new BinanceBroker(properties(server.port()), BinanceSimulatorExtension.TIMEOUTS,
                ReconnectBackoff.DEFAULT, Clock.systemUTC())) {
            assertThat(BinanceSimulatorExtension.result(broker
                .connect(BinanceSimulatorExtension.createKey("a".repeat(64), "secret", Credentials.ApiKey.Kind.HMAC))))
                .isInstanceOfSatisfying(LoginResult.Refused.class,
                        (refusal) -> assertThat(refusal.why()).isEqualTo(LoginResult.Reason.UNREACHABLE));
            assertThatThrownBy(
                    () -> broker.marketDataClient().instruments().block(BinanceSimulatorExtension.REQUEST_TIMEOUT))
                .isInstanceOf(BrokerException.class);
            assertThat(this.requests).hasValue(0);
        }
        finally {
            server.disposeNow(BinanceSimulatorExtension.REQUEST_TIMEOUT);
        }
    }

    private static BinanceProperties properties(int port) {
        URI socket = URI.create("wss://127.0.0.1:" + port);
        return new BinanceProperties(URI.create("https://127.0.0.1:" + port + "/api"), socket, socket, false);
    }

    private DisposableServer startImpostor() throws Exception {
        Path file = this.folder.resolve("own.p12");
        Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair", "-alias", "own", "-keyalg", "EC", "-dname", "CN=127.0.0.1", "-ext", "san=ip:127.0.0.1",
                "-storetype", "PKCS12", "-keystore", file.toString(), "-storepass", PASSWORD)
            .redirectErrorStream(true)
            .redirectOutput(this.folder.resolve("keytool.log").toFile())
            .start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).as("keytool ends").isTrue();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD.toCharArray());
        SslContext tls = SslContextBuilder.forServer(keys).build();
        return HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .secure((spec) -> spec.sslContext(tls))
            .handle((request, response) -> {
                this.requests.incrementAndGet();
                return response.sendString(Mono.just("{\"serverTime\":1}"));
            })
            .bindNow(BinanceSimulatorExtension.REQUEST_TIMEOUT);
    }

}
