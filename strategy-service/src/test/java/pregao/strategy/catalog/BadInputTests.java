package pregao.strategy.catalog;

import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;

import pregao.strategy.StrategyDatabase;
import pregao.strategy.StrategyTestEnvironment;
import pregao.testsupport.ServiceUnderTest;
import pregao.testsupport.TestTokenIssuer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the catalog rejects invalid requests and names each wrong field.
 */
class BadInputTests {

    private static final TestTokenIssuer TOKEN_ISSUER = new TestTokenIssuer();

    private static final ServiceUnderTest SERVICE = StrategyTestEnvironment.start(StrategyDatabase.shared().market(),
            TOKEN_ISSUER.url());

    private final TestCallers caller = new TestCallers(SERVICE, TOKEN_ISSUER, UUID.randomUUID());

    @BeforeAll
    static void insertCandles() {
        CandleRows.put("bad", "A", CandleRows.TEN_OCLOCK, "GGRRRG");
    }

    @AfterAll
    static void stop() {
        SERVICE.close();
        TOKEN_ISSUER.stop();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            "blocks": 0                              ; blocks
            "blocks": 5001                           ; blocks
            "blocks": 10.7                           ; blocks
            "blocks": "10"                           ; blocks
            "blocks": "many"                         ; blocks
            "payuot": 0.5                            ; payuot
            "hours": [1.5]                           ; hours[0]
            "hours": {"a": 1}                        ; hours
            "zone": "UTC\\u0000"                     ; zone
            "pattern": "\\ud800"                     ; pattern
            "symbols": "A"                           ; symbols
            "symbols": ["\\udc00"]                   ; symbols[0]
            "gales": -1                              ; gales
            "gales": 3                               ; gales
            "hours": []                              ; hours
            "hours": [24]                            ; hours
            "hours": [null]                          ; hours
            "zone": "Mars/Olympus"                   ; zone
            "payout": 0                              ; payout
            "payout": -0.5                           ; payout
            "payout": 1e99999                        ; payout
            "bankroll": 0                            ; bankroll
            "stakes": [1, 2]                         ; stakes
            "stakes": [1, 2, -4]                     ; stakes
            "stakes": [2, 4, 8]                      ; stakes
            "stakes": [1, 2, 4], "factor": 2         ; factor
            "factor": 0                              ; factor
            "rank_by": "luck"                        ; rank_by
            "least_sample": 0                        ; least_sample
            "top": 0                                 ; top
            "top": 501                               ; top
            "pattern": "None such"                   ; pattern
            "timeframe": "M15"                       ; timeframe
            "timeframe": "M5", "pattern": "Minoria"  ; timeframe
            "symbols": []                            ; symbols
            "symbols": ["E€U"]                       ; symbols[0]
            "symbols": ["A", null]                   ; symbols[1]
            "instruments": []                        ; instruments
            "instruments": [null]                    ; instruments[0]
            "instruments": [{"feed": "UP", "symbol": "A"}] ; instruments[0]
            "feed": "No feed"                        ; feed
            "feed": "no-such-feed", "symbols": ["A"] ; feed
            "instruments": [{"feed": "bad", "symbol": "A"}, {"feed": "no-such-feed", "symbol": "A"}] ; instruments[1]
            "feed": "empty-feed"                     ; feed""")
    void rejectsInvalidAnalysis(String fields, String wrongField) {
        String feed = fields.contains("\"feed\": \"") ? "" : ", \"feed\": \"bad\"";
        JsonNode problem = TestCallers
            .toJson(this.caller.call(HttpMethod.POST, "/api/catalog", "{%s%s}".formatted(fields, feed))
                .expectStatus()
                .isEqualTo(422));
        assertThat(problem.get("type").asString()).isEqualTo("/problems/invalid-fields");
        assertThat(fields(problem)).contains(wrongField);
        assertThat(problem.get("errors").get(0).get("expected").asString()).isNotBlank();
    }

    @Test
    void reportsAllErrorsAtOnce() {
        JsonNode problem = TestCallers.toJson(this.caller.call(HttpMethod.POST, "/api/catalog",
                """
                        {"feed": "bad", "symbols": ["?"], "blocks": 0, "gales": 9, "payout": -1, "zone": "x", "pattern": "x"}""")
            .expectStatus()
            .isEqualTo(422));
        assertThat(fields(problem)).contains("symbols[0]", "blocks", "gales", "payout", "zone", "pattern");
    }

    @Test
    void rejectsTooManyInstrumentsAndCandles() {
        String symbols = "\"S\",".repeat(500) + "\"S\"";
        assertThat(fields(postInvalid("{\"feed\": \"bad\", \"symbols\": [%s]}".formatted(symbols))))
            .contains("symbols");
        String maxSymbols = IntStream.range(0, 500).mapToObj((i) -> "\"S" + i + "\"").collect(Collectors.joining(","));
        assertThat(fields(postInvalid(
                "{\"feed\": \"bad\", \"symbols\": [%s], \"blocks\": 5000, \"hours\": [1]}".formatted(maxSymbols))))
            .contains("blocks");
    }

    private JsonNode postInvalid(String body) {
        return TestCallers
            .toJson(this.caller.call(HttpMethod.POST, "/api/catalog", body).expectStatus().isEqualTo(422));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            []
            {
            x""")
    void rejectsMalformedBody(String body) {
        this.caller.call(HttpMethod.POST, "/api/catalog", body).expectStatus().isBadRequest();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            /blocks                             ; symbol
            /blocks?symbol=E%E2%82%AC             ; symbol
            /blocks?symbol=A&feed=NO            ; feed
            /chart.png?feed=bad                 ; symbol
            /chart.png?symbol=A&width=199       ; width
            /chart.png?symbol=A&height=2001     ; height
            /chart.svg?symbol=A&from=yesterday  ; from
            /chart.svg?symbol=A&from=2025-01-02T10:00:00Z&to=2025-01-02T10:00:00Z ; to
            /chart.svg?symbol=A&feed=bad&from=2025-01-01T00:00:00Z&to=2025-01-02T10:00:00Z ; from""")
    void rejectsInvalidParameters(String path, String wrongField) {
        String id = this.caller.analyze("{\"feed\": \"bad\"}").get("id").asString();
        JsonNode problem = TestCallers
            .toJson(this.caller.get("/api/catalog/" + id + path).expectStatus().isBadRequest());
        assertThat(problem.get("type").asString()).isEqualTo("/problems/invalid-parameters");
        assertThat(fields(problem)).contains(wrongField);
    }

    @Test
    void rejectsInvalidIds() {
        for (String path : List.of("/api/catalog/x", "/api/catalog/x/blocks?symbol=A",
                "/api/catalog/" + UUID.randomUUID(),
                "/api/catalog/%s/chart.gif?symbol=A".formatted(UUID.randomUUID()))) {
            assertThat(this.caller.get(path).expectBody().returnResult().getStatus().value()).as(path).isIn(400, 404);
        }
        this.caller.call(HttpMethod.POST, "/api/catalog", "{}", "Idempotency-Key", "k".repeat(129))
            .expectStatus()
            .isEqualTo(422);
    }

    private static List<String> fields(JsonNode problem) {
        return StreamSupport.stream(problem.get("errors").spliterator(), false)
            .map((error) -> error.get("field").asString())
            .toList();
    }

}
