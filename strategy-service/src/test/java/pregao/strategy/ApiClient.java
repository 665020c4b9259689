package pregao.strategy;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import tools.jackson.databind.JsonNode;

import pregao.strategy.json.ExactJson;
import pregao.testsupport.ScopeRule;
import pregao.testsupport.ServiceUnderTest;
import pregao.testsupport.TestResources;
import pregao.testsupport.TestTokenIssuer;

/**
 * A client of the running service for one user with all trading scopes, with a simulated
 * session-service that knows the accounts.
 */
public final class ApiClient {

    /** The scopes of a login. */
    private static final String LOGIN = "read research trade";

    private static final TestTokenIssuer SIGNER = new TestTokenIssuer();

    private static final Map<UUID, String> ACCOUNTS = new ConcurrentHashMap<>();

    /** The users whose logins are revoked. */
    private static final Set<UUID> ENDED = ConcurrentHashMap.newKeySet();

    private static final DisposableServer SESSION = HttpServer.create()
        .host("127.0.0.1")
        .port(0)
        .route((routes) -> routes
            .get("/internal/accounts/{id}/instruments",
                    (request, response) -> response.header("Content-Type", "application/json")
                        .sendString(Mono.just("{\"items\":[{\"symbol\":\"BTCUSDT\",\"step\":0.00001,\"least\":0.00001,"
                                + "\"least_value\":5}]}")))
            .get("/internal/accounts/{id}/balances",
                    (request, response) -> response.header("Content-Type", "application/json")
                        .sendString(Mono.just("{\"items\":[{\"money\":\"real\",\"currency\":\"BRL\",\"amount\":1},"
                                + "{\"money\":\"demo\",\"currency\":\"BRL\",\"amount\":9990.5}]}")))
            .get("/internal/logins/{id}",
                    (request, response) -> response.header("Content-Type", "application/json")
                        .sendString(Mono.just("{\"alive\":%s}"
                            .formatted(ENDED.stream().map(UUID::toString).noneMatch(request.uri()::endsWith)))))
            .get("/internal/accounts/{id}", (request, response) -> {
                String known = ACCOUNTS.get(UUID.fromString(String.valueOf(request.param("id"))));
                return (known == null) ? response.sendNotFound()
                        : response.header("Content-Type", "application/json").sendString(Mono.just(known));
            }))
        .bindNow(Duration.ofSeconds(60));

    private static final ServiceUnderTest SERVICE = start();

    private final UUID person;

    private ApiClient(UUID person) {
        this.person = person;
    }

    private static ServiceUnderTest start() {
        return TestResources.close(StrategyTestEnvironment.start(StrategyDatabase.shared().market(), SIGNER.url(),
                "--pregao.session-url=http://127.0.0.1:" + SESSION.port(), "--pregao.strategy.jobs.max-per-user=50"));
    }

    /** Creates a client of a new user. */
    public static ApiClient newcomer() {
        return new ApiClient(UUID.randomUUID());
    }

    /** Returns the URL of the service. */
    static String url() {
        return SERVICE.url();
    }

    /** Returns the credential of a new user. */
    static String credential(ScopeRule.Caller caller) {
        return SIGNER.credential(caller);
    }

    public UUID person() {
        return this.person;
    }

    /** Revokes the login of the user; the access token stays valid. */
    public void logout() {
        ENDED.add(this.person);
    }

    /** Creates an account of the user at a broker. */
    public UUID account(String broker, boolean realMoney) {
        UUID id = UUID.randomUUID();
        ACCOUNTS.put(id,
                "{\"person\":\"%s\",\"broker\":\"%s\",\"real_money\":%s}".formatted(this.person, broker, realMoney));
        return id;
    }

    public Answer call(HttpMethod method, String path, @Nullable String body) {
        return call(method, path, body, LOGIN, MediaType.APPLICATION_JSON);
    }

    public Answer call(HttpMethod method, String path, @Nullable String body, String scope, MediaType type) {
        return call(method, path, body, (httpHeaders) -> {
            httpHeaders.setBearerAuth(SIGNER.tokenOf(this.person, scope));
            httpHeaders.setContentType(type);
        });
    }

    private Answer call(HttpMethod method, String path, @Nullable String body, Consumer<HttpHeaders> headers) {
        WebTestClient.RequestBodySpec request = SERVICE.client().method(method).uri(path).headers(headers);
        if (body != null) {
            request.bodyValue(body);
        }
        EntityExchangeResult<byte[]> result = request.exchange().expectBody().returnResult();
        byte[] content = result.getResponseBodyContent();
        return new Answer(result.getStatus().value(),
                ExactJson.parse((content != null) ? content : new byte[0]).orElseGet(ExactJson::createObject));
    }

    public Answer get(String path) {
        return call(HttpMethod.GET, path, null);
    }

    public Answer post(String path, @Nullable String body) {
        return call(HttpMethod.POST, path, body);
    }

    /** Places an order. */
    public Answer order(String body) {
        return order(body, UUID.randomUUID().toString());
    }

    /** Places an order with an idempotency key. */
    public Answer order(String body, String key) {
        return post("/api/orders", body, key);
    }

    /** Sends a POST request with an idempotency key. */
    public Answer post(String path, String body, String key) {
        return call(HttpMethod.POST, path, body, (httpHeaders) -> {
            httpHeaders.setBearerAuth(SIGNER.tokenOf(this.person, LOGIN));
            httpHeaders.setContentType(MediaType.APPLICATION_JSON);
            httpHeaders.set("Idempotency-Key", key);
        });
    }

    /**
     * A response.
     *
     * @param status the HTTP status
     * @param body the JSON body; an empty object if there is none
     */
    public record Answer(int status, JsonNode body) {

        public java.util.List<String> fields() {
            return this.body.path("errors")
                .values()
                .stream()
                .map((error) -> error.path("field").stringValue())
                .toList();
        }

    }

}
