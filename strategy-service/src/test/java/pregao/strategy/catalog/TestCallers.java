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
 * Somebody who calls the service.
 */
public final class TestCallers {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final ServiceUnderTest service;

    private final TestTokenIssuer signer;

    private final UUID person;

    public TestCallers(ServiceUnderTest service, TestTokenIssuer signer, UUID person) {
        this.service = service;
        this.signer = signer;
        this.person = person;
    }

    /** Somebody else. */
    public TestCallers other() {
        return new TestCallers(this.service, this.signer, UUID.randomUUID());
    }

    /** The same person at another replica. */
    public TestCallers at(ServiceUnderTest replica) {
        return new TestCallers(replica, this.signer, this.person);
    }

    public WebTestClient.ResponseSpec call(HttpMethod method, String path, String body, String... headers) {
        WebTestClient.RequestBodySpec request = this.service.client()
            .method(method)
            .uri(URI.create("http://127.0.0.1:" + this.service.port() + path))
            .headers((httpHeaders) -> httpHeaders.setBearerAuth(this.signer.tokenOf(this.person, "read research")));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return body.isEmpty() ? request.exchange()
                : request.header("Content-Type", "application/json").bodyValue(body).exchange();
    }

    public WebTestClient.ResponseSpec get(String path) {
        return call(HttpMethod.GET, path, "");
    }

    public JsonNode read(String path) {
        return json(get(path).expectStatus().isOk());
    }

    public static JsonNode json(WebTestClient.ResponseSpec answer) {
        byte[] body = answer.expectBody().returnResult().getResponseBody();
        return JSON.readTree((body != null) ? body : new byte[0]);
    }

    /** Has something analysed and waits for the end. */
    public JsonNode analysed(String wish) {
        JsonNode item = json(call(HttpMethod.POST, "/api/catalog", wish).expectStatus().isAccepted());
        return ended(item.get("id").asString());
    }

    public JsonNode ended(String id) {
        Awaitility.await("the analysis ends")
            .atMost(Duration.ofSeconds(60))
            .pollInterval(Duration.ofMillis(50))
            .until(() -> !read("/api/catalog/" + id).get("state").asString().matches("waiting|running"));
        return read("/api/catalog/" + id);
    }

}
