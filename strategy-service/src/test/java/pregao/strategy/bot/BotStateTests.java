package pregao.strategy.bot;

import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;

import pregao.strategy.ApiClient;
import pregao.strategy.StrategyDatabase;
import pregao.strategy.catalog.CandleRows;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the state transitions of a bot.
 */
class BotStateTests {

    private static final String BODY = """
            {"name": "state", "account": "paper", "money": "paper", "strategy": "rsi-40-60", "stake": 100,
             "instruments": [{"feed": "state", "symbol": "BTCUSDT"}]}""";

    private final JdbcClient database = JdbcClient.create(StrategyDatabase.shared().pool());

    private final ApiClient api = ApiClient.newcomer();

    private final UUID botId = UUID.randomUUID();

    private final String path = "/api/bots/" + this.botId;

    @BeforeEach
    void isThere() {
        CandleRows.markAsReplay("state");
        assertThat(this.api.call(HttpMethod.PUT, this.path, BODY).status()).isEqualTo(201);
    }

    @Test
    void isNotStartedWhileItStops() {
        updateState("stopping");
        ApiClient.Answer response = this.api.post(this.path + "/start", null);
        assertThat(response.status()).isEqualTo(409);
        assertThat(response.body().path("type").asString()).isEqualTo("/problems/bot-stopping");
        assertThat(state()).isEqualTo("stopping");
        updateState("stopped");
    }

    @Test
    void isAskedForWhatItIsWithoutHarm() {
        assertThat(this.api.post(this.path + "/stop", null).status()).isEqualTo(200);
        assertThat(state()).isEqualTo("stopped");
        assertThat(this.api.post(this.path + "/start", null).status()).isEqualTo(200);
        assertThat(this.api.post(this.path + "/start", null).status()).isEqualTo(200);
        assertThat(state()).isEqualTo("running");
        updateState("stopped");
    }

    private void updateState(String state) {
        this.database.sql("update strategy.bot set state = :state where id = :bot")
            .param("state", state)
            .param("bot", this.botId)
            .update();
    }

    private String state() {
        return this.database.sql("select state from strategy.bot where id = :bot")
            .param("bot", this.botId)
            .query(String.class)
            .single();
    }

}
