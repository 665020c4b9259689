package pregao.strategy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;

import pregao.fixtures.RunningService;
import pregao.fixtures.TokenSigner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each call asks for the scope of what it does: {@code read} never changes anything.
 */
class ScopeTests {

    private static final Set<String> RESEARCH = Set.of("research");

    private static final Set<String> TRADE = Set.of("trade");

    /** Every call that changes something, and the scopes of which one is enough. */
    private static final Map<String, Set<String>> CHANGES = Map.ofEntries(Map.entry("POST /api/catalog", RESEARCH),
            Map.entry("DELETE /api/catalog/{id}", RESEARCH), Map.entry("PUT /api/catalog/{id}/live", RESEARCH),
            Map.entry("DELETE /api/catalog/{id}/live", RESEARCH), Map.entry("PUT /api/catalog/patterns/{id}", RESEARCH),
            Map.entry("DELETE /api/catalog/patterns/{id}", RESEARCH), Map.entry("POST /api/backtests", RESEARCH),
            Map.entry("DELETE /api/backtests/{id}", RESEARCH),
            Map.entry("PUT /api/backtests/strategies/{id}", RESEARCH),
            Map.entry("DELETE /api/backtests/strategies/{id}", RESEARCH),
            Map.entry("POST /api/bots/{id}/evidence", Set.of("research", "trade")), Map.entry("POST /api/bots", TRADE),
            Map.entry("PUT /api/bots/{id}", TRADE), Map.entry("DELETE /api/bots/{id}", TRADE),
            Map.entry("POST /api/bots/{id}/start", TRADE), Map.entry("POST /api/bots/{id}/stop", TRADE),
            Map.entry("POST /api/bots/{id}/promote", TRADE), Map.entry("POST /api/bots/{id}/flatten", TRADE),
            Map.entry("POST /api/positions/{id}/close", TRADE),
            Map.entry("POST /api/bots/accounts/{id}/{money}/flatten", TRADE),
            Map.entry("PUT /api/bots/accounts/{id}/{money}/limits", TRADE), Map.entry("PUT /api/bots/kill", TRADE),
            Map.entry("DELETE /api/bots/kill", TRADE), Map.entry("PUT /api/bots/kill-all", TRADE),
            Map.entry("DELETE /api/bots/kill-all", TRADE), Map.entry("POST /api/orders", TRADE),
            Map.entry("PUT /api/orders/{id}", TRADE), Map.entry("POST /api/orders/{id}/resolve", TRADE),
            Map.entry("POST /api/bots/accounts/{id}/{money}/drawdown/reset", TRADE),
            Map.entry("PUT /api/bots/accounts/{id}/{money}/currency", TRADE));

    private static final List<String> SCOPES = List.of("ingest", "read", "research", "trade", "");

    private static final TokenSigner SIGNER = new TokenSigner();

    private static final RunningService SERVICE = TestedService.start(StrategyDatabase.shared().market(), SIGNER.url());

    @AfterAll
    static void stop() {
        SERVICE.close();
        SIGNER.stop();
    }

    static Set<String> changes() {
        return SERVICE.calls().stream().filter((call) -> !call.startsWith("GET ")).collect(Collectors.toSet());
    }

    static Set<String> readings() {
        return SERVICE.calls().stream().filter((call) -> call.startsWith("GET ")).collect(Collectors.toSet());
    }

    @Test
    void everyCallThatChangesSomethingHasARule() {
        assertThat(new TreeSet<>(changes())).as("a new call needs a scope here and in the rules of access")
            .containsExactlyInAnyOrderElementsOf(CHANGES.keySet());
    }

    @ParameterizedTest
    @MethodSource("changes")
    void changesAskForTheScopeOfWhatTheyDo(String call) {
        for (String scope : SCOPES) {
            EntityExchangeResult<byte[]> answer = answer(call, scope);
            assertThat(lacksScope(answer)).as(scope + ": " + answer)
                .isEqualTo(!CHANGES.getOrDefault(call, Set.of()).contains(scope));
        }
    }

    @ParameterizedTest
    @MethodSource("readings")
    void whatIsReadAsksForAScopeToo(String call) {
        boolean research = call.matches("GET /api/(catalog|backtests)(/.*)?|GET /api/bots/\\{id}/evidence/\\{job}");
        Set<String> enough = research ? Set.of("read", "research", "trade") : Set.of("read", "trade");
        for (String scope : SCOPES) {
            EntityExchangeResult<byte[]> answer = answer(call, scope);
            assertThat(lacksScope(answer)).as(scope + ": " + answer).isEqualTo(!enough.contains(scope));
        }
    }

    private static boolean lacksScope(EntityExchangeResult<byte[]> answer) {
        return answer.getStatus().value() == 403
                && new String(body(answer), java.nio.charset.StandardCharsets.UTF_8).contains("scope");
    }

    private static byte[] body(EntityExchangeResult<byte[]> answer) {
        byte[] body = answer.getResponseBodyContent();
        return (body != null) ? body : new byte[0];
    }

    private static EntityExchangeResult<byte[]> answer(String call, String scope) {
        String[] parts = call.split(" ", 2);
        String path = parts[1].replace("{money}", "paper")
            .replace("{format}", "svg")
            .replaceAll("\\{[^}]*}", UUID.randomUUID().toString());
        HttpMethod method = HttpMethod.valueOf(parts[0]);
        WebTestClient.RequestBodySpec request = SERVICE.client()
            .method(method)
            .uri(path)
            .headers((all) -> all.setBearerAuth(SIGNER.tokenOf(UUID.randomUUID(), scope)));
        if (!method.equals(HttpMethod.GET)) {
            request.contentType(MediaType.APPLICATION_JSON).bodyValue("{}");
        }
        return request.exchange().expectBody().returnResult();
    }

}
