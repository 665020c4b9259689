package pregao.strategy.evidence;

import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

import pregao.strategy.ApiClient;
import pregao.strategy.StrategyDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of promotions and of everything that prevents them.
 */
class PromotionTests {

    private static final JdbcClient DATABASE = JdbcClient.create(StrategyDatabase.shared().pool());

    private final ApiClient api = ApiClient.newcomer();

    private final PaperBot bot = new PaperBot(this.api);

    private String createEvidence() {
        this.bot.withDecisions(List.of()).withTrades(PaperBot.backtestTrades());
        return this.bot.createReport().path("id").stringValue();
    }

    private ApiClient.Answer promote(String body) {
        return this.api.post(this.bot.path("/promote"), body);
    }

    @Test
    void createsStoppedBotOnceAndRecordsConfirmation() {
        UUID account = this.api.account("binance", true);
        String evidence = createEvidence();
        ApiClient.Answer response = promote(PaperBot.promotionBody(evidence, account, "real"));
        assertThat(response.status()).as(response.toString()).isEqualTo(201);
        assertThat(response.body().path("state").stringValue()).isEqualTo("stopped");
        assertThat(response.body().path("money").stringValue()).isEqualTo("real");
        assertThat(response.body().path("account").stringValue()).isEqualTo(account.toString());
        JsonNode paper = this.api.get(this.bot.path("")).body();
        assertThat(paper.path("money").stringValue()).as("stays as it is").isEqualTo("paper");
        for (String field : List.of("strategy", "stake", "instruments")) {
            assertThat(response.body().path("settings").path(field)).isEqualTo(paper.path("settings").path(field));
        }
        assertThat(promote(PaperBot.promotionBody(evidence, account, "real")).body().path("id"))
            .isEqualTo(response.body().path("id"));
        assertThat(DATABASE.sql("""
                select p.confirm || ' ' || (p.report ->> 'bot') || ' ' || (p.at > now() - interval '5 minutes')
                from strategy.promotion p where person = :person and paper = :paper""")
            .param("person", this.api.person())
            .param("paper", this.bot.id())
            .query(String.class)
            .list()).containsExactly("walker " + this.bot.id() + " true");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            value = { "\"walker\" | \"Walker\" | confirm", "\"walker\" | 7 | confirm", "\"real\" | \"paper\" | money",
                    "\"real\" | null | money", "\"evidence\":\" | \"evidence\":\"x | evidence",
                    "\"account\":\" | \"account\":\"x | account", "\"confirm\" | \"because\":1,\"confirm\" | because" })
    void reportsWrongField(String original, String replacement, String field) {
        String body = PaperBot.promotionBody(UUID.randomUUID().toString(), UUID.randomUUID(), "real");
        assertThat(body).contains(original);
        ApiClient.Answer response = promote(body.replace(original, replacement));
        assertThat(response.status()).isEqualTo(422);
        assertThat(response.fields()).contains(field);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            value = { "state = 'running' | done", "state = 'failed' | done",
                    "summary = jsonb_set(summary, '{trades}', '29') | at least 30 trades",
                    "ended_at = now() - interval '7 days 1 minute' | at most PT168H old",
                    "request = jsonb_set(request, '{bot}', '\"00000000-0000-0000-0000-000000000001\"') | done",
                    "request = jsonb_set(request, '{settled_at}', '\"2020-01-01T00:00:00Z\"') | changed since" })
    void reportsMissingEvidence(String change, String expectedText) {
        String evidence = createEvidence();
        DATABASE
            .sql("update strategy.job set worker = null, beat_at = now() + interval '1 day', " + change
                    + " where id = :id")
            .param("id", UUID.fromString(evidence))
            .update();
        ApiClient.Answer response = promote(
                PaperBot.promotionBody(evidence, this.api.account("binance", true), "real"));
        assertThat(response.status()).isEqualTo(409);
        assertThat(response.fields()).containsOnly("evidence");
        assertThat(response.body().path("detail").stringValue()).contains(expectedText);
    }

    @Test
    void changedBotNeedsNewEvidence() {
        String evidence = createEvidence();
        this.api.post(this.bot.path("/stop"), null);
        DATABASE.sql("update strategy.bot set state = 'stopped' where id = :id").param("id", this.bot.id()).update();
        String body = "{\"name\":\"walker\",\"strategy\":\"rsi-40-60\",\"stake\":999,"
                + "\"instruments\":[{\"feed\":\"binance\",\"symbol\":\"BTCUSDT\"}]}";
        assertThat(this.api.call(HttpMethod.PUT, this.bot.path(""), body).status()).isEqualTo(200);
        ApiClient.Answer response = promote(
                PaperBot.promotionBody(evidence, this.api.account("binance", true), "real"));
        assertThat(response.body().path("detail").stringValue()).contains("changed since");
        assertThat(this.api.post(this.bot.path("/evidence"), null).body().path("type").stringValue())
            .isEqualTo("/problems/not-run");
    }

    @Test
    void checksAccount() {
        String evidence = createEvidence();
        ApiClient.Answer response = promote(
                PaperBot.promotionBody(evidence, this.api.account("binance", false), "real"));
        assertThat(response.status()).isEqualTo(422);
        assertThat(response.fields()).containsExactly("money");
        assertThat(promote(PaperBot.promotionBody(evidence, ApiClient.newcomer().account("binance", true), "real"))
            .status()).as("somebody else's account").isEqualTo(404);
        assertThat(promote(PaperBot.promotionBody(evidence, this.api.account("polarium", true), "demo")).fields())
            .contains("instruments", "strategy");
    }

    @Test
    void realMoneyRequiresPromotion() {
        UUID account = this.api.account("binance", true);
        String body = "{\"strategy\":\"rsi-40-60\",\"stake\":100,\"account\":\"%s\",\"money\":\"%s\","
            .formatted(account, "%s") + "\"instruments\":[{\"feed\":\"binance\",\"symbol\":\"BTCUSDT\"}]}";
        ApiClient.Answer response = this.api.post("/api/bots", body.formatted("real"));
        assertThat(response.status()).isEqualTo(422);
        assertThat(response.fields()).containsExactly("money");
        String demoBotId = this.api.post("/api/bots", body.formatted("demo")).body().path("id").stringValue();
        assertThat(this.api.call(HttpMethod.PUT, "/api/bots/" + demoBotId, body.formatted("real")).fields())
            .containsExactly("money");
    }

    @Test
    void botOfOtherUserIsNotFound() {
        String evidence = createEvidence();
        ApiClient otherUser = ApiClient.newcomer();
        String body = PaperBot.promotionBody(evidence, otherUser.account("binance", true), "demo");
        assertThat(otherUser.post(this.bot.path("/evidence"), null).status()).isEqualTo(404);
        assertThat(otherUser.get(this.bot.path("/evidence/" + evidence)).status()).isEqualTo(404);
        assertThat(otherUser.post(this.bot.path("/promote"), body).status()).isEqualTo(404);
        PaperBot otherBot = new PaperBot(otherUser);
        assertThat(otherUser.get(otherBot.path("/evidence/" + evidence)).status()).isEqualTo(404);
        assertThat(otherUser.post(otherBot.path("/promote"), body).status()).isEqualTo(409);
    }

    @Test
    void promotionRequiresTradeScope() {
        assertThat(this.api.call(HttpMethod.POST, this.bot.path("/promote"), "{}", "read", MediaType.APPLICATION_JSON)
            .status()).isEqualTo(403);
    }

}
