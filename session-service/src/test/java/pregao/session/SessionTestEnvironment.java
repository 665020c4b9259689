package pregao.session;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.json.JsonMapper;

import pregao.contracts.key.ApiKey;
import pregao.contracts.service.InternalHeader;
import pregao.contracts.service.Operation;
import pregao.contracts.service.ServiceName;
import pregao.devcluster.kafka.LocalKafka;
import pregao.devcluster.postgres.DatabaseCredentials;
import pregao.devcluster.postgres.LocalPostgres;
import pregao.session.broker.ingest.FakeIngest;
import pregao.simulator.polarium.PolariumSimulator;
import pregao.testsupport.BlockHoundSupport;
import pregao.testsupport.IsolatedReactorResources;
import pregao.testsupport.ServiceCallers;
import pregao.testsupport.TestResources;

/**
 * The service on a real PostgreSQL and a real Kafka, spoken to by HTTP.
 */
final class SessionTestEnvironment implements AutoCloseable {

    static final String ADMIN = "admin@example.com";

    static final String PASSWORD = "a rather long secret 1";

    static final String FIRST_KEY = "pregao_the-first-key";

    static final String SECRET_KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    /** Other services of the installation. */
    static final ServiceCallers CALLERS = new ServiceCallers();

    private static final HttpClient HTTP = HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(Duration.ofSeconds(10))
        .build();

    static {
        BlockHoundSupport.mustNotBlock();
    }

    private final LocalPostgres postgres;

    private final LocalKafka kafka;

    private final PolariumSimulator polarium;

    private final FakeIngest ingest;

    private final ConfigurableApplicationContext service;

    private SessionTestEnvironment(LocalPostgres postgres, LocalKafka kafka, String... others) {
        this.postgres = postgres;
        this.kafka = kafka;
        this.polarium = new PolariumSimulator(7, Clock.systemUTC());
        this.polarium.start(0);
        this.ingest = new FakeIngest();
        this.service = another(others);
    }

    /** The one that tests share. */
    static SessionTestEnvironment shared() {
        return Shared.STACK;
    }

    /** One of its own, with other settings. */
    static SessionTestEnvironment start(String... others) {
        Path folder = TestResources.folder("pregao-session");
        return new SessionTestEnvironment(LocalPostgres.start(folder.resolve("postgres"), 0),
                LocalKafka.start(folder.resolve("kafka"), 0), others);
    }

    /** A second replica. */
    ConfigurableApplicationContext another(String... others) {
        DatabaseCredentials login = this.postgres.login("pregao_session");
        List<String> settings = new ArrayList<>(
                List.of("--server.port=0", "--server.address=127.0.0.1", "--PREGAO_DATABASE_URL=" + this.postgres.url(),
                        "--PREGAO_DATABASE_USER=" + login.user(), "--PREGAO_DATABASE_PASSWORD=" + login.password(),
                        "--PREGAO_KAFKA=" + this.kafka.bootstrapServers(), "--pregao.secret-key=" + SECRET_KEY,
                        "--pregao.session.admin-email=" + ADMIN, "--pregao.session.admin-password=" + PASSWORD,
                        "--pregao.feeds[0].name=mt5", "--pregao.keys[0].hash=" + ApiKey.hash(FIRST_KEY),
                        "--pregao.session.password.memory=1024", "--pregao.session.login-rate-limit.per-network=1000",
                        "--pregao.session.login-rate-limit.per-network-refill=1ms"));
        settings.addAll(polarium(this.polarium.port()));
        settings.addAll(services());
        settings.addAll(List.of("--pregao.ingest.url=" + this.ingest.url(), "--pregao.marketdata.history=1h",
                "--pregao.marketdata.max-streams-per-user=3", "--pregao.broker.warm-up.orders=2"));
        for (String other : others) { // a setting that is there twice would be a list
            settings.removeIf((each) -> each.startsWith(other.substring(0, other.indexOf('=') + 1)));
            settings.add(other);
        }
        return new SpringApplicationBuilder(SessionService.class, IsolatedReactorResources.class)
            .run(settings.toArray(String[]::new));
    }

    static List<String> polarium(int port) {
        String address = "127.0.0.1:" + port;
        return List.of("--pregao.polarium.logins=http://" + address, "--pregao.polarium.oauth=http://" + address,
                "--pregao.polarium.socket=ws://" + address + "/echo/websocket",
                "--pregao.polarium.origin=http://" + address,
                // Only the switches of the installation and of its people are left.
                "--pregao.polarium.real-money=true");
    }

    /** Where the service posts prices. */
    FakeIngest ingest() {
        return this.ingest;
    }

    /** The broker, which the service takes for Polarium. */
    PolariumSimulator broker() {
        return this.polarium;
    }

    /** By which services know each other. */
    static List<String> services() {
        return List.of("--management.server.port=0", "--pregao.service-key=" + CALLERS.serviceKey(ServiceName.SESSION),
                "--pregao.caller-keys=" + CALLERS.callerKeys(ServiceName.SESSION));
    }

    String url() {
        return "http://127.0.0.1:" + port(this.service);
    }

    String kafkaServers() {
        return this.kafka.bootstrapServers();
    }

    /** The calls that the controllers under {@code /internal} serve. */
    List<String> internalCalls() {
        return this.service.getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
            .getHandlerMethods()
            .keySet()
            .stream()
            .flatMap((mapping) -> mapping.getMethodsCondition()
                .getMethods()
                .stream()
                .flatMap((method) -> mapping.getPatternsCondition()
                    .getPatterns()
                    .stream()
                    .map((path) -> method + " " + path.getPatternString())))
            .filter((call) -> call.contains(" /internal/"))
            .toList();
    }

    <T> T bean(Class<T> type) {
        return this.service.getBean(type);
    }

    TestResponse get(String path, @Nullable String token) {
        return send(request(path, token).GET());
    }

    TestResponse post(String path, @Nullable String token, Map<String, ?> body) {
        return post(path, token, JsonMapper.shared().writeValueAsString(body));
    }

    TestResponse post(String path, @Nullable String token, String body) {
        return send(request(path, token).header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    static HttpRequest.BodyPublisher json(Map<String, ?> body) {
        return HttpRequest.BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(body));
    }

    TestResponse put(String path, @Nullable String token, Map<String, ?> body) {
        return send(request(path, token).header("Content-Type", "application/json")
            .PUT(HttpRequest.BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(body))));
    }

    TestResponse patch(String path, @Nullable String token, Map<String, ?> body) {
        return send(request(path, token).header("Content-Type", "application/json").method("PATCH", json(body)));
    }

    TestResponse delete(String path, @Nullable String token) {
        return send(request(path, token).DELETE());
    }

    HttpRequest.Builder request(String path, @Nullable String token) {
        return request(this.service, path, token);
    }

    /** A request to another replica. */
    HttpRequest.Builder request(ConfigurableApplicationContext replica, String path, @Nullable String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port(replica) + path))
            .timeout(Duration.ofSeconds(30));
        return (token != null) ? request.header("Authorization", "Bearer " + token) : request;
    }

    TestResponse send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new TestResponse(response.statusCode(), response.body(), response);
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(ex);
        }
    }

    /** A request as the gateway passes it on. */
    HttpRequest.Builder from(String address, HttpRequest.Builder request) {
        return request.header("X-Forwarded-For", address)
            .header(InternalHeader.PASS,
                    CALLERS.token(ServiceName.GATEWAY, ServiceName.SESSION, Operation.REQUESTS_FORWARD));
    }

    private static String port(ConfigurableApplicationContext replica) {
        return Objects.requireNonNull(replica.getEnvironment().getProperty("local.server.port"));
    }

    /** Registers somebody whom the admin invited. */
    String register(String email) {
        TestResponse invited = post("/api/users/invitations", login(ADMIN).text("access_token"), Map.of());
        // From somewhere else each time, as tries from one network are few.
        TestResponse registered = send(from(
                "2001:db8:%x:%x::1".formatted(email.hashCode() >>> 16, email.hashCode() & 0xffff),
                request("/api/auth/register", null).header("Content-Type", "application/json"))
            .POST(json(Map.of("email", email, "password", PASSWORD, "invitation", invited.text("invitation")))));
        if (registered.status() != 202) {
            throw new AssertionError(registered.body());
        }
        return sql("select id from session.person where email = '%s'".formatted(registered.text("email")));
    }

    TestResponse login(String email) {
        return post("/api/auth/login", null, Map.of("email", email, "password", PASSWORD));
    }

    /** Registers and logs in. */
    String token(String email) {
        register(email);
        return login(email).text("access_token");
    }

    /** Lets the time go by in which the used tokens of a login may be used again. */
    void passLeeway(TestResponse login) {
        execute("update session.refresh_token set used_at = used_at - interval '21 seconds' where login = '%s'"
            .formatted(login.text("login")));
    }

    /** Runs SQL as the superuser. */
    void execute(String sql) {
        try (Connection connection = this.postgres.connect(); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
        catch (SQLException ex) {
            throw new IllegalStateException(ex);
        }
    }

    /** The first column, a line a row. */
    String sql(String query) {
        try (Connection connection = this.postgres.connect();
                Statement statement = connection.createStatement();
                java.sql.ResultSet rows = statement.executeQuery(query)) {
            StringBuilder lines = new StringBuilder();
            while (rows.next()) {
                lines.append(lines.isEmpty() ? "" : "\n").append(rows.getString(1));
            }
            return lines.toString();
        }
        catch (SQLException ex) {
            throw new IllegalStateException(ex);
        }
    }

    @Override
    public void close() {
        this.service.close();
        this.polarium.close();
        this.ingest.close();
        this.kafka.close();
        this.postgres.close();
    }

    private static final class Shared {

        private static final SessionTestEnvironment STACK = TestResources.close(start());

    }

}
