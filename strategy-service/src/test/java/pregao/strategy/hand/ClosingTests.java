package pregao.strategy.hand;

import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

import pregao.strategy.Api;
import pregao.strategy.StrategyDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for closing and flattening by hand, and for the levels of the kill switch.
 */
class ClosingTests {

    private final Api api = Api.newcomer();

    private final JdbcClient database = JdbcClient.create(StrategyDatabase.shared().pool());

    private String hold(UUID account, UUID bot, String kind) {
        this.database.sql("""
                insert into strategy.position (account, money, bot, feed, symbol, person, kind, side, opened_at, amount,
                  entry, fee)
                values (:account, 'demo', :bot, 'binance', 'BTCUSDT', :person, :kind, 'buy', now(), 2, 100, 0)""")
            .param("account", account)
            .param("bot", bot)
            .param("kind", kind)
            .param("person", this.api.person())
            .update();
        return this.api.get("/api/positions").body().path("items").path(0).path("id").stringValue();
    }

    private String actions(Api whose) {
        return this.database.sql(
                "select coalesce(string_agg(action || ' ' || target, ', ' order by id), '') from strategy.manual_action where person = :person")
            .param("person", whose.person())
            .query(String.class)
            .single();
    }

    @Test
    void sellsAllThatIsHeldByHandOnce() {
        String id = hold(this.api.account("binance", false), new UUID(0, 0), "spot");
        assertThat(Api.newcomer().post("/api/positions/" + id + "/close", null).status()).isEqualTo(404);

        Api.Answer closed = this.api.post("/api/positions/" + id + "/close", null);
        assertThat(closed.status()).as(closed.toString()).isEqualTo(202);
        assertThat(closed.body().path("side").stringValue()).isEqualTo("sell");
        assertThat(closed.body().path("amount").decimalValue()).isEqualByComparingTo("2");
        assertThat(actions(this.api)).isEqualTo("close position " + id);

        Api.Answer again = this.api.post("/api/positions/" + id + "/close", null);
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.body().path("type").stringValue()).endsWith("position-on-sale");
    }

    @Test
    void saysWhatToDoWithAnOptionAndABotsPosition() {
        UUID account = this.api.account("binance", false);
        String option = hold(account, new UUID(0, 0), "option");
        assertThat(this.api.post("/api/positions/" + option + "/close", null).body().path("type").stringValue())
            .endsWith("position-is-option");
        this.database.sql("delete from strategy.position where person = :person")
            .param("person", this.api.person())
            .update();
        UUID bot = UUID.randomUUID();
        Api.Answer answer = this.api.post("/api/positions/" + hold(account, bot, "spot") + "/close", null);
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.body().path("detail").stringValue()).contains("/api/bots/" + bot + "/flatten");
    }

    @Test
    void flattensAnAccount() {
        UUID account = this.api.account("binance", false);
        String path = "/api/bots/accounts/" + account + "/demo/";
        this.api.call(HttpMethod.PUT, path + "currency", "{\"currency\":\"USDT\"}");
        hold(account, new UUID(0, 0), "spot");
        Api stranger = Api.newcomer();
        assertThat(stranger.post(path + "flatten", null).status()).isEqualTo(404);
        assertThat(actions(stranger)).isEmpty();
        JsonNode flattened = this.api.post(path + "flatten", null).body();
        assertThat(flattened.path("bots").intValue()).isZero();
        assertThat(flattened.path("orders").path(0).path("state").stringValue()).isEqualTo("new");
        assertThat(actions(this.api)).isEqualTo("flatten account " + account + " demo");
    }

    @Test
    void aKillSwitchHasTheLevelOfTheLastTime() {
        for (String level : List.of("block", "cancel", "flatten")) {
            assertThat(this.api.call(HttpMethod.PUT, "/api/bots/kill?level=" + level, null).status()).isEqualTo(204);
            assertThat(this.api.get("/api/status").body().path("stopped").path(0).path("level").stringValue())
                .isEqualTo(level);
        }
        assertThat(this.api.call(HttpMethod.PUT, "/api/bots/kill?level=all", null).fields()).containsExactly("level");
        assertThat(actions(this.api)).isEqualTo("kill block own, kill cancel own, kill flatten own");
    }

}
