package pregao.strategy.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;

import pregao.contracts.Timeframe;
import pregao.strategy.StrategyDatabase;
import pregao.strategy.StrategyTestEnvironment;
import pregao.testsupport.ServiceUnderTest;
import pregao.testsupport.TestTokenIssuer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Tests of analyses through the running service.
 */
class CatalogTests {

    private static final TestTokenIssuer TOKEN_ISSUER = new TestTokenIssuer();

    private static final ServiceUnderTest SERVICE = StrategyTestEnvironment.start(StrategyDatabase.shared().market(),
            TOKEN_ISSUER.url());

    private final TestCallers caller = new TestCallers(SERVICE, TOKEN_ISSUER, UUID.randomUUID());

    @AfterAll
    static void stop() {
        SERVICE.close();
        TOKEN_ISSUER.stop();
    }

    /** Evaluates the examples of PROTOCOLS 5.4, each in a replay feed of its own. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            GGRRR|G     ; call ; win         ; 0 ; green
            GGRRR|RG    ; call ; win         ; 1 ; blue
            GGRRR|DRG   ; call ; win         ; 2 ; yellow
            GGGRR|GDG   ; put  ; loss        ; 3 ; red
            GGGGG|R     ; put  ; win         ; 0 ; green
            GDRRR|G     ; null ; null        ; null ; white
            GGR.R|G     ; null ; skipped_gap ; null ; black
            RRRRG|R     ; call ; pending     ; 1 ; grey""")
    void evaluatesSpecificationExamples(String letters, String direction, String outcome, String level, String color) {
        String feed = "v" + UUID.randomUUID().toString().substring(0, 8);
        CandleRows.markAsReplay(feed);
        CandleRows.put(feed, "EURUSD", CandleRows.TEN_OCLOCK, letters);
        JsonNode analysis = this.caller
            .analyze("{\"feed\": \"%s\", \"symbols\": [\"EURUSD\"], \"blocks\": 1}".formatted(feed));
        assertThat(analysis.get("state").asString()).isEqualTo("done");
        JsonNode blocks = this.caller
            .getJson("/api/catalog/%s/blocks?symbol=EURUSD&feed=%s".formatted(analysis.get("id").asString(), feed));
        JsonNode block = blocks.get("items").get(0);
        assertThat(block.get("ts").asString()).isEqualTo("2025-01-02T10:00:00Z");
        assertThat(block.get("direction").asString("null")).isEqualTo(direction);
        assertThat(block.get("outcome").asString()).isEqualTo(outcome);
        assertThat(block.get("level").asString("null")).isEqualTo(level);
        assertThat(block.get("colour").asString()).isEqualTo(color);
        assertThat(blocks.get("legend").get(color).asString()).isNotEmpty();
        assertThat(block.get("entry_at").asString("null"))
            .isEqualTo(direction.equals("null") ? "null" : "2025-01-02T10:05:00Z");
    }

    /**
     * The expected values are computed by hand: one direct win, one loss, then a win by
     * the first gale.
     */
    @Test
    void returnsSignificanceWithEachRate() {
        CandleRows.markAsReplay("worth");
        CandleRows.put("worth", "A", CandleRows.TEN_OCLOCK, "GGRRR|GGGRR|GGGRR|GRRRR|");
        JsonNode findings = this.caller
            .analyze("{\"feed\": \"worth\", \"symbols\": [\"A\", \"NONE\"], \"blocks\": 4, \"least_sample\": 3}")
            .get("findings");
        JsonNode best = findings.get("ranking").get(0);
        assertThat(best.get("sample").asInt()).isEqualTo(3);
        assertThat(best.get("rate").asDouble()).isCloseTo(2 / 3.0, within(1e-8));
        assertThat(best.get("break_even").asDouble()).isCloseTo(1 - Math.pow(0.87 / 1.87, 3), within(1e-8));
        assertThat(best.get("chance").asDouble()).isBetween(0.7, 0.95);
        assertThat(best.get("low").asDouble()).as("Wilson, two of three").isCloseTo(0.2077, within(1e-4));
        assertThat(best.get("high").asDouble()).isCloseTo(0.9385, within(1e-4));
        assertThat(best.get("expected").asDouble()).isCloseTo((0.87 - 7 + 0.74) / 3, within(1e-8));
        assertThat(best.get("ruin").asDouble()).isOne();
        assertThat(best.get("p_value").asDouble()).isEqualTo(best.get("p_adjusted").asDouble());
        JsonNode direct = best.get("levels").get(0);
        assertThat(direct.get("rate").asDouble()).isCloseTo(1 / 3.0, within(1e-8));
        assertThat(direct.get("break_even").asDouble()).isCloseTo(1 / 1.87, within(1e-8));
        assertThat(direct.get("low").asDouble()).as("Wilson, one of three").isCloseTo(0.0615, within(1e-4));
        assertThat(best.get("levels").get(2).get("chance")).isEqualTo(best.get("chance"));
        JsonNode unranked = findings.get("others").get(0);
        assertThat(unranked.get("symbol").asString()).isEqualTo("NONE");
        assertThat(unranked.get("rate").isNull()).as("undefined is null").isTrue();
        assertThat(unranked.get("expected").isNull()).isTrue();
        assertThat(unranked.get("low").asDouble()).isZero();
        assertThat(findings.get("too_few").get(0).get("symbol").asString()).isEqualTo("NONE");
    }

    @Test
    void randomCandlesDoNotDifferFromChance() {
        Random random = new Random(7);
        CandleRows.markAsReplay("coins");
        for (int i = 0; i < 120; i++) {
            CandleRows.put("coins", "COIN" + i, CandleRows.TEN_OCLOCK, CandleRows.randomLetters(random, 520, 0.02));
        }
        JsonNode findings = this.caller.analyze("{\"feed\": \"coins\"}").get("findings");
        assertThat(findings.get("looked").asInt()).isEqualTo(120);
        assertThat(findings.get("found").asInt()).isZero();
        assertThat(findings.get("ranking")).hasSize(5);
        assertThat(findings.get("ranking").get(0).get("rate").asDouble()).as("praised by luck").isGreaterThan(0.92);
        assertThat(findings.get("sentences").get("en").get(0).asString())
            .startsWith("None of these differs from chance");
        assertThat(findings.get("sentences").get("pt").get(0).asString()).startsWith("Nenhum destes difere do acaso");
    }

    @Test
    void findsInstrumentThatDiffersFromChance() {
        CandleRows.markAsReplay("biased");
        for (int i = 0; i < 30; i++) {
            CandleRows.put("biased", "COIN" + i, CandleRows.TEN_OCLOCK,
                    CandleRows.randomLetters(new Random(i), 520, 0));
        }
        // Chance alone does not give a direct win each time.
        CandleRows.put("biased", "ALWAYS", CandleRows.TEN_OCLOCK, "GRGRR".repeat(104));
        JsonNode findings = this.caller.analyze("{\"feed\": \"biased\", \"top\": 1, \"gales\": 0}").get("findings");
        assertThat(findings.get("found").asInt()).isOne();
        assertThat(findings.get("ranking").get(0).get("symbol").asString()).isEqualTo("ALWAYS");
        assertThat(findings.get("ranking").get(0).get("differs").asBoolean()).isTrue();
        assertThat(findings.get("sentences").get("en").get(0).asString()).startsWith("1 of 31 instruments won more");
    }

    @Test
    void evaluatesM5CandlesOfSelectedHours() {
        CandleRows.markAsReplay("five");
        CandleRows.put("five", "A", Timeframe.M5, CandleRows.TEN_OCLOCK,
                CandleRows.randomLetters(new Random(1), 288, 0));
        JsonNode analysis = this.caller.analyze("""
                {"feed": "five", "timeframe": "M5", "blocks": 4, "hours": [8, 9], "zone": "America/Sao_Paulo"}""");
        assertThat(analysis.get("request").get("pattern").get("name").asString()).isEqualTo("MHI M5");
        JsonNode blocks = this.caller
            .getJson("/api/catalog/%s/blocks?symbol=A&feed=five".formatted(analysis.get("id").asString()));
        List<String> starts = new ArrayList<>();
        blocks.get("items").forEach((block) -> starts.add(block.get("ts").asString()));
        assertThat(starts).containsExactly("2025-01-02T11:00:00Z", "2025-01-02T11:30:00Z", "2025-01-02T12:00:00Z",
                "2025-01-02T12:30:00Z");
    }

    @Test
    void isAccessibleOnlyToItsUser() {
        CandleRows.put("mine", "A", CandleRows.TEN_OCLOCK, "GGRRRG");
        String id = this.caller.analyze("{\"feed\": \"mine\"}").get("id").asString();
        TestCallers otherUser = this.caller.otherUser();
        String path = "/api/catalog/" + id;
        for (String suffix : List.of("", "/blocks?symbol=A&feed=mine", "/chart.png?symbol=A&feed=mine",
                "/chart.svg?symbol=A&feed=mine")) {
            otherUser.get(path + suffix).expectStatus().isNotFound();
        }
        for (String suffix : List.of("", "/live")) {
            otherUser.call(HttpMethod.DELETE, path + suffix, "").expectStatus().isNotFound();
        }
        otherUser.call(HttpMethod.PUT, path + "/live", "").expectStatus().isNotFound();
        assertThat(otherUser.getJson("/api/catalog").get("items")).isEmpty();
        this.caller.get(path + "/blocks?symbol=OTHER&feed=mine").expectStatus().isNotFound();
        this.caller.call(HttpMethod.DELETE, path, "").expectStatus().isNoContent();
        this.caller.get(path).expectStatus().isNotFound();
        this.caller.call(HttpMethod.DELETE, path, "").expectStatus().isNotFound();
    }

    @Test
    void createsOneAnalysisPerIdempotencyKey() {
        CandleRows.put("twice", "A", CandleRows.TEN_OCLOCK, "GGRRRG");
        String request = "{\"feed\": \"twice\", \"payout\": 0.850, \"bankroll\": 1e2}";
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            ids.add(TestCallers
                .toJson(this.caller.call(HttpMethod.POST, "/api/catalog", request, "Idempotency-Key", "k1")
                    .expectStatus()
                    .isAccepted()
                    .expectHeader()
                    .exists("Location"))
                .get("id")
                .asString());
        }
        assertThat(ids.get(0)).isEqualTo(ids.get(1));
        this.caller
            .call(HttpMethod.POST, "/api/catalog", "{\"feed\": \"twice\", \"blocks\": 7}", "Idempotency-Key", "k1")
            .expectStatus()
            .isEqualTo(422);
        assertThat(TestCallers
            .toJson(this.caller.otherUser().call(HttpMethod.POST, "/api/catalog", request, "Idempotency-Key", "k1"))
            .get("id")
            .asString()).isNotEqualTo(ids.get(0));
    }

    @Test
    void requestsMissingCandles() {
        CandleRows.put("gone", "A", CandleRows.TEN_OCLOCK, "GGRRRG");
        JsonNode findings = this.caller.analyze("{\"feed\": \"gone\", \"symbols\": [\"A\", \"B\"]}").get("findings");
        assertThat(findings.get("too_few")).hasSize(2);
        assertThat(findings.get("too_few").get(0).get("asked").asBoolean()).as("Kafka is away").isFalse();
        assertThat(findings.get("sentences").get("en").get(1).asString()).contains("2 instruments have fewer than 100");
    }

    @Test
    void listsFeedsIfTokenNamesNone() {
        CandleRows.markAsReplay("choice-a");
        CandleRows.put("choice-a", "A", CandleRows.TEN_OCLOCK, "GGRRR|G");
        CandleRows.markAsReplay("choice-b");
        CandleRows.put("choice-b", "B", CandleRows.TEN_OCLOCK, "GGRRR|G");
        // The token of a login names no feed either.
        JsonNode problem = TestCallers.toJson(
                this.caller.call(HttpMethod.POST, "/api/catalog", "{\"feed\": \"\"}").expectStatus().isEqualTo(422));
        assertThat(problem.get("errors").get(0).get("field").asString()).isEqualTo("feed");
        assertThat(problem.get("errors").get(0).get("expected").asString()).contains("one of the feeds",
                "because the token names none");
    }

}
