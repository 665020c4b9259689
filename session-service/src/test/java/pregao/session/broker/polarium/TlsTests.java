package pregao.session.broker.polarium;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
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

import pregao.session.broker.api.Credentials;
import pregao.session.broker.api.LoginResult;
import pregao.session.broker.api.Sensitive;

import static org.assertj.core.api.Assertions.assertThat;

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
        PolariumTimeouts timeouts = new PolariumTimeouts(Duration.ofSeconds(1), Duration.ofSeconds(2),
                Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(60), Duration.ofSeconds(2),
                Duration.ofSeconds(1), Duration.ofSeconds(5));
        DisposableServer server = pretender();
        try (PolariumBroker broker = new PolariumBroker(settings(server.port()),
                PolariumSimulatorExtension.ipRateLimiter(), timeouts, ReconnectBackoff.DEFAULT, Clock.systemUTC())) {
            for (Credentials credentials : new Credentials[] { PolariumSimulatorExtension.password("trader", "pw"),
                    new Credentials.Session(new Sensitive("token")) }) {
                assertThat(PolariumSimulatorExtension.result(broker.connect(credentials))).isInstanceOfSatisfying(
                        LoginResult.Refused.class,
                        (refusal) -> assertThat(refusal.why()).isEqualTo(LoginResult.Reason.UNREACHABLE));
            }
            assertThat(broker.connectAttempts()).isPositive();
            assertThat(this.requests).hasValue(0);
        }
        finally {
            server.disposeNow(PolariumSimulatorExtension.REQUEST_TIMEOUT);
        }
    }

    private static PolariumProperties settings(int port) {
        URI http = URI.create("https://127.0.0.1:" + port);
        return new PolariumProperties(http, http, URI.create("wss://127.0.0.1:" + port + "/echo/websocket"),
                "https://127.0.0.1", 0, null, false, "", "");
    }

    private DisposableServer pretender() throws Exception {
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
                return response.sendString(Mono.just("{\"code\":\"success\",\"ssid\":\"x\"}"));
            })
            .bindNow(PolariumSimulatorExtension.REQUEST_TIMEOUT);
    }

}
