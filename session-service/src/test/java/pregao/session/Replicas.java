package pregao.session;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import pregao.devcluster.kafka.LocalKafka;
import pregao.devcluster.postgres.DatabaseCredentials;
import pregao.devcluster.postgres.LocalPostgres;
import pregao.devcluster.process.Await;
import pregao.devcluster.process.Ports;
import pregao.simulator.polarium.PolariumMain;
import pregao.testsupport.TestResources;

/**
 * Two replicas of the service and the simulator of a broker, each a process of its own.
 */
final class Replicas implements AutoCloseable {

    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(90);

    private final HttpClient http = HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(Duration.ofSeconds(2))
        .build();

    private final List<Runnable> parts = new ArrayList<>();

    private final LocalPostgres postgres;

    private final LocalKafka kafka;

    private final Path folder;

    private final ServiceChildProcess broker;

    private final ServiceChildProcess first;

    private final ServiceChildProcess second;

    Replicas() {
        this.folder = TestResources.folder("pregao-replicas");
        this.postgres = LocalPostgres.start(this.folder.resolve("postgres"), 0);
        this.parts.addFirst(this.postgres::close);
        this.kafka = LocalKafka.start(this.folder.resolve("kafka"), 0);
        this.parts.addFirst(this.kafka::close);
        int port = Ports.free();
        this.broker = kept(
                ServiceChildProcess.start(this.folder, "broker", PolariumMain.class, port, List.of("" + port)));
        this.broker.process().awaitReady(REQUEST_TIMEOUT, () -> Ports.isListening(port));
        this.first = kept(replica("first"));
        ready(this.first); // the two would migrate one after the other anyway
        this.second = kept(replica("second"));
        ready(this.second);
    }

    private ServiceChildProcess kept(ServiceChildProcess child) {
        this.parts.addFirst(child::close);
        return child;
    }

    private ServiceChildProcess replica(String name) {
        int port = Ports.free();
        DatabaseCredentials login = this.postgres.login("pregao_session");
        List<String> settings = new ArrayList<>(List.of("--server.port=" + port, "--server.address=127.0.0.1",
                "--PREGAO_DATABASE_URL=" + this.postgres.url(), "--PREGAO_DATABASE_USER=" + login.user(),
                "--PREGAO_DATABASE_PASSWORD=" + login.password(), "--PREGAO_KAFKA=" + this.kafka.bootstrapServers(),
                "--pregao.secret-key=" + SessionTestEnvironment.SECRET_KEY,
                "--pregao.session.admin-email=" + SessionTestEnvironment.ADMIN,
                "--pregao.session.admin-password=" + SessionTestEnvironment.PASSWORD,
                "--pregao.session.password.memory=1024", "--pregao.session.token.ttl=10m"));
        settings.addAll(SessionTestEnvironment.services());
        settings.addAll(SessionTestEnvironment.polarium(this.broker.port()));
        return ServiceChildProcess.start(this.folder, name, SessionService.class, port, settings);
    }

    private void ready(ServiceChildProcess replica) {
        replica.process().awaitReady(REQUEST_TIMEOUT, () -> {
            try {
                return get(replica, "/readyz", null).status() == 200;
            }
            catch (UncheckedIOException ex) {
                return false;
            }
        });
    }

    ServiceChildProcess first() {
        return this.first;
    }

    ServiceChildProcess second() {
        return this.second;
    }

    ServiceChildProcess broker() {
        return this.broker;
    }

    /** What the broker is told, and what it answers. */
    TestResponse control(String what) {
        return send(request(this.broker, "/control/" + what, null).POST(HttpRequest.BodyPublishers.noBody()));
    }

    long sold() {
        return control("state").json().path("options").asLong(-1);
    }

    TestResponse get(ServiceChildProcess replica, String path, @Nullable String token) {
        return send(request(replica, path, token).GET());
    }

    TestResponse post(ServiceChildProcess replica, String path, @Nullable String token, Map<String, ?> body) {
        return send(request(replica, path, token).header("Content-Type", "application/json")
            .POST(SessionTestEnvironment.json(body)));
    }

    CompletableFuture<HttpResponse<String>> put(ServiceChildProcess replica, String path, String token,
            Map<String, ?> body) {
        return this.http.sendAsync(request(replica, path, token).header("Content-Type", "application/json")
            .PUT(SessionTestEnvironment.json(body))
            .build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Lines as they come, until the replica is gone. */
    HttpResponse<java.util.stream.Stream<String>> lines(ServiceChildProcess replica, String path, String token)
            throws IOException, InterruptedException {
        return this.http.send(request(replica, path, token).GET().build(), HttpResponse.BodyHandlers.ofLines());
    }

    private static HttpRequest.Builder request(ServiceChildProcess child, String path, @Nullable String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + child.port() + path))
            .timeout(Duration.ofSeconds(30));
        return (token != null) ? request.header("Authorization", "Bearer " + token) : request;
    }

    private TestResponse send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = this.http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new TestResponse(response.statusCode(), response.body(), response);
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", ex);
        }
    }

    String token() {
        return post(this.second, "/api/auth/login", null,
                Map.of("email", SessionTestEnvironment.ADMIN, "password", SessionTestEnvironment.PASSWORD))
            .text("access_token");
    }

    /** The path of another account, which the first replica owns. */
    String account(String token) {
        TestResponse testResponse = post(this.first, "/api/brokers/polarium/accounts", token,
                Map.of("kind", "password", "identifier", "trader@simulator.local", "password", "demo"));
        if (testResponse.status() != 201) {
            throw new AssertionError(testResponse.body());
        }
        return "/api/brokers/accounts/" + testResponse.text("id");
    }

    String sql(String query) {
        try (Connection connection = this.postgres.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            return rows.next() ? String.valueOf(rows.getString(1)) : "";
        }
        catch (SQLException ex) {
            throw new IllegalStateException(ex);
        }
    }

    /** Holds what a query locks while something happens. */
    void whileLocked(String query, Runnable happens) {
        try (Connection connection = this.postgres.connect(); Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(query);
            happens.run();
            connection.rollback();
        }
        catch (SQLException ex) {
            throw new IllegalStateException(ex);
        }
    }

    void await(Duration bound, String what, java.util.function.BooleanSupplier condition) {
        Await.until(bound,
                () -> what + "; first:\n" + this.first.process().tail() + "\nsecond:\n" + this.second.process().tail(),
                condition);
    }

    @Override
    public void close() {
        this.parts.forEach(Runnable::run);
        this.http.shutdownNow();
    }

}
