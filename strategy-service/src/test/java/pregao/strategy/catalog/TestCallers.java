package pregao.strategy.catalog;

import java.net.URI;
import java.time.Duration;
import java.util.UUID;

import org.awaitility.Awaitility;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import pregao.testsupport.ServiceUnderTest;
import pregao.testsupport.TestTokenIssuer;

/**
 * A user who calls the service.
 */
public final class TestCallers {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final ServiceUnderTest service;

    private final TestTokenIssuer tokenIssuer;

    private final UUID userId;

    public TestCallers(ServiceUnderTest service, TestTokenIssuer tokenIssuer, UUID userId) {
        this.service = service;
        this.tokenIssuer = tokenIssuer;
        this.userId = userId;
    }

    /** Returns a different user. */
    public TestCallers otherUser() {
        return new TestCallers(this.service, this.tokenIssuer, UUID.randomUUID());
    }

    /** Returns the same user at another replica. */
    public TestCallers withService(ServiceUnderTest otherService) {
        return new TestCallers(otherService, this.tokenIssuer, this.userId);
    }

    public WebTestClient.ResponseSpec call(HttpMethod method, String path, String body, String... headers) {
        WebTestClient.RequestBodySpec request = this.service.client()
            .method(method)
            .uri(URI.create("http://127.0.0.1:" + this.service.port() + path))
            .headers(
                    (httpHeaders) -> httpHeaders.setBearerAuth(this.tokenIssuer.tokenOf(this.userId, "read research")));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return body.isEmpty() ? request.exchange()
                : request.header("Content-Type", "application/json").bodyValue(body).exchange();
    }

    public WebTestClient.ResponseSpec get(String path) {
        return call(HttpMethod.GET, path, "");
    }

    public JsonNode getJson(String path) {
        return toJson(get(path).expectStatus().isOk());
    }

    public static JsonNode toJson(WebTestClient.ResponseSpec response) {
        byte[] body = response.expectBody().returnResult().getResponseBody();
        return JSON.readTree((body != null) ? body : new byte[0]);
    }

    /** Creates an analysis and waits for its end. */
    public JsonNode analyze(String request) {
        JsonNode response = toJson(call(HttpMethod.POST, "/api/catalog", request).expectStatus().isAccepted());
        return awaitEnd(response.get("id").asString());
    }

    public JsonNode awaitEnd(String id) {
        Awaitility.await("the analysis ends")
            .atMost(Duration.ofSeconds(60))
            .pollInterval(Duration.ofMillis(50))
            .until(() -> !getJson("/api/catalog/" + id).get("state").asString().matches("waiting|running"));
        return getJson("/api/catalog/" + id);
    }

}
