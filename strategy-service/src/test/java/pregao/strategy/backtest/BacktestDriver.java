package pregao.strategy.backtest;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;

import pregao.strategy.StrategyDatabase;
import pregao.strategy.StrategyTestEnvironment;
import pregao.strategy.candle.StoredMinutes;
import pregao.strategy.json.ExactJson;
import pregao.testsupport.ServiceUnderTest;
import pregao.testsupport.TestResources;
import pregao.testsupport.TestTokenIssuer;

/**
 * A client of the running service for backtests. A random walk of minutes is stored,
 * starting at {@link #BEGIN}.
 */
final class BacktestDriver {

    static final Instant BEGIN = Instant.parse("2024-01-01T00:00:00Z");

    static final int MINUTES = 20_000;

    private static final TestTokenIssuer SIGNER = new TestTokenIssuer();

    private static final BacktestDriver SHARED = new BacktestDriver(start(), UUID.randomUUID());

    private final ServiceUnderTest service;

    private final UUID userId;

    private BacktestDriver(ServiceUnderTest service, UUID userId) {
        this.service = service;
        this.userId = userId;
    }

    static BacktestDriver shared() {
        return SHARED;
    }

    private static ServiceUnderTest start() {
        StoredMinutes.storeRandomWalk(StrategyDatabase.shared().market(), "walk", "AAA", BEGIN, MINUTES);
        return service();
    }

    private static ServiceUnderTest service() {
        return TestResources.close(StrategyTestEnvironment.start(StrategyDatabase.shared().market(), SIGNER.url(),
                "--pregao.strategy.jobs.heartbeat-timeout=2s", "--pregao.strategy.jobs.max-per-user=50",
                "--pregao.strategy.backtest.max-work=2000000000"));
    }

    /** Starts another service on the same database, for the same user. */
    BacktestDriver startAnother() {
        return new BacktestDriver(service(), this.userId);
    }

    EntityExchangeResult<byte[]> call(HttpMethod method, String path, @Nullable String body, UUID userId,
            String... headers) {
        WebTestClient.RequestBodySpec request = this.service.client()
            .method(method)
            .uri(path)
            .headers((httpHeaders) -> httpHeaders.setBearerAuth(SIGNER.tokenOf(userId, "read research")));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        if (body != null) {
            request.contentType(MediaType.APPLICATION_JSON).bodyValue(body);
        }
        return request.exchange().expectBody().returnResult();
    }

    EntityExchangeResult<byte[]> call(HttpMethod method, String path, @Nullable String body, String... headers) {
        return call(method, path, body, this.userId, headers);
    }

    static JsonNode json(EntityExchangeResult<byte[]> response) {
        return ExactJson.parse(bytes(response)).orElseThrow();
    }

    static byte[] bytes(EntityExchangeResult<byte[]> response) {
        byte[] body = response.getResponseBodyContent();
        return (body != null) ? body : new byte[0];
    }

    static int status(EntityExchangeResult<byte[]> response) {
        return response.getStatus().value();
    }

    /** Creates a backtest and returns its path. */
    String createBacktest(String body) {
        EntityExchangeResult<byte[]> response = call(HttpMethod.POST, "/api/backtests", body);
        if (status(response) != 202) {
            throw new AssertionError(new String(bytes(response), StandardCharsets.UTF_8));
        }
        return String.valueOf(response.getResponseHeaders().getFirst(HttpHeaders.LOCATION));
    }

    /** Waits until a backtest has ended. */
    JsonNode awaitEnd(String path) {
        return Awaitility.await("the end of " + path)
            .atMost(Duration.ofSeconds(90))
            .pollInterval(Duration.ofMillis(100))
            .until(() -> json(call(HttpMethod.GET, path, null)),
                    (item) -> !item.path("state").stringValue().matches("waiting|running"));
    }

    /** Runs a backtest and returns its report. */
    JsonNode runBacktest(String body) {
        JsonNode item = awaitEnd(createBacktest(body));
        if (!"done".equals(item.path("state").stringValue())) {
            throw new AssertionError(ExactJson.write(item));
        }
        return item.path("report");
    }

    /** Returns a request of the kind single, which callers can modify. */
    static String single(String strategy, Instant from, Instant to) {
        return """
                {"kind":"single","feed":"walk","symbol":"AAA","strategy":%s,"from":"%s","to":"%s","capital":1000,\
                "money":100,"fee":0.0001,"slippage":0.00001}""".formatted(strategy, from, to);
    }

}
