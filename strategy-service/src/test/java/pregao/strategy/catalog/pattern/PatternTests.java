package pregao.strategy.catalog.pattern;

import java.util.List;
import java.util.UUID;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;

import pregao.market.pattern.PatternPresets;
import pregao.strategy.StrategyDatabase;
import pregao.strategy.StrategyTestEnvironment;
import pregao.strategy.catalog.CandleRows;
import pregao.strategy.catalog.TestCallers;
import pregao.testsupport.ServiceUnderTest;
import pregao.testsupport.TestTokenIssuer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@code /api/catalog/patterns}, and that the schema and the service accept the
 * same patterns.
 */
class PatternTests {

    private static final TestTokenIssuer TOKEN_ISSUER = new TestTokenIssuer();

    private static final ServiceUnderTest SERVICE = StrategyTestEnvironment.start(StrategyDatabase.shared().market(),
            TOKEN_ISSUER.url());

    private static final String PATTERNS = "/api/catalog/patterns";

    private final TestCallers caller = new TestCallers(SERVICE, TOKEN_ISSUER, UUID.randomUUID());

    @AfterAll
    static void stop() {
        SERVICE.close();
        TOKEN_ISSUER.stop();
    }

    private Schema schema() {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(this.caller.getJson(PATTERNS + "/schema").toString(), InputFormat.JSON);
    }

    private JsonNode put(UUID id, String body, int status) {
        return TestCallers
            .toJson(this.caller.call(HttpMethod.PUT, PATTERNS + "/" + id, body).expectStatus().isEqualTo(status));
    }

    @Test
    void presetsMatchSchema() {
        JsonNode presets = this.caller.getJson(PATTERNS).get("presets");
        assertThat(presets).hasSameSizeAs(PatternPresets.ALL);
        assertThat(presets.get(0).get("name").asString()).isEqualTo("Minoria");
        Schema schema = schema();
        for (JsonNode preset : presets) {
            assertThat(schema.validate(preset.toString(), InputFormat.JSON)).as(preset.toString()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            {"look": [0]}                                             ; name
            {"name": " ", "look": [0]}                                ; name
            {"name": "A"}                                             ; look
            {"name": "A", "look": []}                                 ; look
            {"name": "A", "look": [5]}                                ; look
            {"name": "A", "look": [-1]}                               ; look
            {"name": "A", "look": [1, 1]}                             ; look
            {"name": "A", "look": [null]}                             ; look
            {"name": "A", "look": [0], "block": 7}                    ; block
            {"name": "A", "look": [0], "block": 1}                    ; block
            {"name": "A", "look": [0], "block": 5, "timeframe": "M5"} ; block
            {"name": "A", "look": [0], "timeframe": "M5"}             ; block
            {"name": "A", "look": [0], "timeframe": "H1"}             ; timeframe
            {"name": "A", "look": [0], "choice": "all"}               ; choice
            {"name": "A", "look": [0], "entry": 5}                    ; entry
            {"name": "A", "look": [0], "gales": "double"}             ; gales
            {"name": "A", "look": [0, 1], "gales": "matching_candle"} ; look""")
    void rejectsWhatSchemaRejects(String body, String field) {
        assertThat(schema().validate(body, InputFormat.JSON)).as("schema").isNotEmpty();
        assertThat(put(UUID.randomUUID(), body, 422).get("errors").get(0).get("field").asString()).isEqualTo(field);
    }

    /** These rules cannot be expressed in a schema. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            {"name": "A", "look": [2, 1]}                                   ; look
            {"name": "A", "look": [3], "entry": 3, "same_block": true}      ; entry
            {"name": "minoria", "look": [3]}                                ; name
            {"id": "7c0c5f52-8c0b-4d3e-9a75-2f9d1f1d0001", "name": "A", "look": [3]} ; id""")
    void rejectsMoreThanSchema(String body, String field) {
        assertThat(put(UUID.randomUUID(), body, 422).get("errors").get(0).get("field").asString()).isEqualTo(field);
    }

    @Test
    void storesPatternsPerUser() {
        UUID id = UUID.randomUUID();
        JsonNode pattern = put(id, "{\"name\": \"Meu\", \"look\": [1, 3], \"choice\": \"repeat\", \"entry\": 2}", 200);
        assertThat(schema().validate(pattern.toString(), InputFormat.JSON)).isEmpty();
        assertThat(put(id, pattern.toString(), 200)).isEqualTo(pattern);
        assertThat(this.caller.getJson(PATTERNS).get("own")).hasSize(1).first().isEqualTo(pattern);
        assertThat(put(UUID.randomUUID(), "{\"name\": \"Meu\", \"look\": [1]}", 409).get("type").asString())
            .isEqualTo("/problems/pattern-taken");
        CandleRows.markAsReplay("own");
        CandleRows.put("own", "A", CandleRows.TEN_OCLOCK, "RGRGR|RRGRR");
        for (String name : List.of("Meu", id.toString())) {
            JsonNode analysis = this.caller
                .analyze("{\"feed\": \"own\", \"pattern\": \"%s\", \"gales\": 0, \"least_sample\": 1}".formatted(name));
            assertThat(analysis.get("findings").get("ranking").get(0).get("wins").asInt()).isOne();
        }
        TestCallers otherUser = this.caller.otherUser();
        assertThat(otherUser.getJson(PATTERNS).get("own")).isEmpty();
        otherUser.call(HttpMethod.DELETE, PATTERNS + "/" + id, "").expectStatus().isNotFound();
        this.caller.call(HttpMethod.DELETE, PATTERNS + "/" + id, "").expectStatus().isNoContent();
        this.caller.call(HttpMethod.DELETE, PATTERNS + "/" + id, "").expectStatus().isNotFound();
    }

}
