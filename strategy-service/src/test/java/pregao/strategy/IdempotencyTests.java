package pregao.strategy;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;

import pregao.strategy.ApiClient.Answer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a POST repeated with its {@code Idempotency-Key} creates nothing a second
 * time.
 */
class IdempotencyTests {

    /** The POST methods without a key, and why repeating them does no harm. */
    private static final Map<String, String> WITHOUT_KEY = Map.of("AccountController.resetDrawdown",
            "begins anew what has just begun anew", "PositionCloseController.flattenBot",
            "sells what no other order is selling", "PositionCloseController.flattenAccount",
            "sells what no other order is selling", "BotController.startBot", "the bot is started",
            "BotController.stopBot", "the bot is stopped", "EvidenceController.promoteBot",
            "a report is one bot of an account", "OrderResolutionController.resolve", "an order ends once");

    private final ApiClient api = ApiClient.newcomer();

    @Test
    void everyPostTakesAKeyOrMakesNothing() {
        Set<String> without = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("pregao.strategy")
            .stream()
            .flatMap((type) -> type.getMethods().stream())
            .filter((method) -> method.isAnnotatedWith(PostMapping.class))
            .filter((method) -> Arrays.stream(method.reflect().getParameters())
                .map((parameter) -> parameter.getAnnotation(RequestHeader.class))
                .noneMatch((header) -> header != null && header.name().equals("Idempotency-Key")))
            .map((method) -> method.getOwner().getSimpleName() + "." + method.getName())
            .collect(Collectors.toSet());
        assertThat(without).as("a new POST that makes something takes an Idempotency-Key")
            .containsExactlyInAnyOrderElementsOf(WITHOUT_KEY.keySet());
    }

    @Test
    void sameKeyIsTheSameBot() {
        String bot = bot("\"name\": \"one\",", "1000");
        Answer answer = this.api.post("/api/bots", bot, "k1");
        Answer again = this.api.post("/api/bots", bot.replace("1000", "1000.0"), "k1");
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(201);
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.body().path("id")).isEqualTo(answer.body().path("id"));
        assertThat(this.api.get("/api/bots").body().path("items").size()).isEqualTo(1);
    }

    @Test
    void keyOfAnotherBotIsRefused() {
        this.api.post("/api/bots", bot("", "1000"), "k1");
        Answer other = this.api.post("/api/bots", bot("", "1001"), "k1");
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.body().path("type").stringValue()).isEqualTo("/problems/key-reused");
        assertThat(this.api.post("/api/bots", bot("", "1000"), "").fields()).containsExactly("Idempotency-Key");
    }

    @Test
    void keyIsItsPersons() {
        Answer answer = this.api.post("/api/bots", bot("", "1000"), "k1");
        Answer others = ApiClient.newcomer().post("/api/bots", bot("", "1000"), "k1");
        assertThat(others.status()).isEqualTo(201);
        assertThat(others.body().path("id")).isNotEqualTo(answer.body().path("id"));
    }

    @Test
    void nameOfABotIsItsAlone() {
        Answer first = this.api.post("/api/bots", bot("\"name\": \"one\",", "1000"));
        Answer second = this.api.post("/api/bots", bot("\"name\": \"one\",", "1000"));
        assertThat(second.status()).isEqualTo(409);
        assertThat(second.body().path("detail").stringValue()).contains(first.body().path("id").stringValue());
        assertThat(ApiClient.newcomer().post("/api/bots", bot("\"name\": \"one\",", "1000")).status()).isEqualTo(201);
    }

    @Test
    void botWithoutANameGetsOneThatIsFree() {
        assertThat(this.api.post("/api/bots", bot("", "1")).body().path("name").stringValue()).isEqualTo("bot");
        Answer second = this.api.post("/api/bots", bot("", "1"));
        assertThat(second.body().path("name").stringValue()).isEqualTo("bot 2");
        String path = "/api/bots/" + second.body().path("id").stringValue();
        assertThat(this.api.call(HttpMethod.PUT, path, bot("", "2")).body().path("name").stringValue())
            .isEqualTo("bot 2");
        assertThat(this.api.call(HttpMethod.PUT, path, bot("\"name\": \"bot\",", "2")).status()).isEqualTo(409);
    }

    @Test
    void nameOfAStrategyIsItsAlone() {
        String strategy = """
                {"name": "mine", "timeframe": "M1", "buy": {"above": ["close", "open"]},
                 "sell": {"below": ["close", "open"]}, "stop": 0.1, "take": 0.2, "shorts": false}""";
        String one = "/api/backtests/strategies/7c0c5f52-8c0b-4d3e-9a75-2f9d1f1d0001";
        String other = "/api/backtests/strategies/7c0c5f52-8c0b-4d3e-9a75-2f9d1f1d0002";
        for (int i = 0; i < 2; i++) {
            assertThat(this.api.call(HttpMethod.PUT, one, strategy).status()).isEqualTo(200);
        }
        Answer second = this.api.call(HttpMethod.PUT, other, strategy);
        assertThat(second.status()).isEqualTo(409);
        assertThat(second.body().path("detail").stringValue()).contains("7c0c5f52-8c0b-4d3e-9a75-2f9d1f1d0001");
        assertThat(this.api.call(HttpMethod.PUT, other, strategy.replace("mine", "other")).status()).isEqualTo(200);
    }

    private static String bot(String name, String stake) {
        return """
                {%s "instruments": [{"feed": "mt5", "symbol": "EURUSD"}], "stake": %s, "fee": 0,
                 "strategy": {"name": "up", "timeframe": "M1", "buy": {"above": ["close", "open"]},
                   "sell": {"below": ["close", "open"]}, "stop": 0.1, "take": 0.2, "shorts": false}}""".formatted(name,
                stake);
    }

}
