package pregao.strategy.manualorder;

import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

import pregao.strategy.ApiClient;
import pregao.strategy.StrategyDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for closing and flattening positions manually, and for the levels of the kill
 * switch.
 */
class ClosingTests {

    private final ApiClient api = ApiClient.newcomer();

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

    private String actions(ApiClient user) {
        return this.database.sql(
                "select coalesce(string_agg(action || ' ' || target, ', ' order by id), '') from strategy.manual_action where person = :person")
            .param("person", user.person())
            .query(String.class)
            .single();
    }

    @Test
    void sellsAllThatIsHeldByHandOnce() {
        String id = hold(this.api.account("binance", false), new UUID(0, 0), "spot");
        assertThat(ApiClient.newcomer().post("/api/positions/" + id + "/close", null).status()).isEqualTo(404);

        ApiClient.Answer closed = this.api.post("/api/positions/" + id + "/close", null);
        assertThat(closed.status()).as(closed.toString()).isEqualTo(202);
        assertThat(closed.body().path("side").stringValue()).isEqualTo("sell");
        assertThat(closed.body().path("amount").decimalValue()).isEqualByComparingTo("2");
        assertThat(actions(this.api)).isEqualTo("close position " + id);

        ApiClient.Answer repeated = this.api.post("/api/positions/" + id + "/close", null);
        assertThat(repeated.status()).isEqualTo(409);
        assertThat(repeated.body().path("type").stringValue()).endsWith("position-on-sale");
    }

    @Test
    void saysThatAnOptionEndsByItself() {
        UUID account = this.api.account("binance", false);
        String option = hold(account, new UUID(0, 0), "option");
        assertThat(this.api.post("/api/positions/" + option + "/close", null).body().path("type").stringValue())
            .endsWith("position-is-option");
    }

    @Test
    void aBotClosesItsPositionForItsOwnerOnce() {
        UUID account = this.api.account("binance", false);
        UUID bot = bot("running", account);
        String id = hold(account, bot, "spot");
        this.database.sql("update strategy.position set stop = 90 where bot = :bot").param("bot", bot).update();

        ApiClient.Answer closed = this.api.post("/api/positions/" + id + "/close", "", "k1");
        assertThat(closed.status()).as(closed.toString()).isEqualTo(202);
        assertThat(closed.body().path("bot").stringValue()).isEqualTo(bot.toString());
        assertThat(closed.body().path("side").stringValue()).isEqualTo("sell");
        assertThat(closed.body().path("state").stringValue()).isEqualTo("new");
        assertThat(closed.body().path("reason").stringValue()).isEqualTo("by_hand");
        String order = closed.body().path("id").stringValue();
        assertThat(this.database.sql("select due_at is null from strategy.order_ where id = cast(:id as uuid)")
            .param("id", order)
            .query(Boolean.class)
            .single()).as("nobody sends it before the bot takes it up").isTrue();

        ApiClient.Answer repeated = this.api.post("/api/positions/" + id + "/close", "", "k1");
        assertThat(repeated.status()).isEqualTo(202);
        assertThat(repeated.body()).isEqualTo(closed.body());
        assertThat(actions(this.api)).isEqualTo("close position " + id);

        ApiClient.Answer second = this.api.post("/api/positions/" + id + "/close", "", "k2");
        assertThat(second.status()).isEqualTo(409);
        assertThat(second.body().path("type").stringValue()).endsWith("position-on-sale");
        assertThat(second.body().path("detail").stringValue()).contains(order);
        assertThat(this.api.post("/api/positions/" + UUID.randomUUID() + "/close", "", "k1").status()).isEqualTo(422);
    }

    @Test
    void saysWhyABotCannotCloseAPositionAndWhatToDo() {
        UUID account = this.api.account("binance", false);
        UUID bot = bot("stopped", account);
        String id = hold(account, bot, "spot");
        assertConflict(id, "bot-stopped", "/api/bots/" + bot + "/start");
        this.database.sql("update strategy.bot set state = 'halted' where id = :bot").param("bot", bot).update();
        assertConflict(id, "position-too-small", "with what it buys next");
        this.database.sql("update strategy.position set stop = 90 where bot = :bot").param("bot", bot).update();
        UUID order = UUID.randomUUID();
        this.database
            .sql("""
                    insert into strategy.order_ (id, person, account, money, bot, feed, symbol, kind, side, purpose, amount, risk,
                      level, state, reason, message, decided_at, terms, told, created_at, changed_at)
                    select :order, person, account, money, bot, feed, symbol, kind, 'sell', 'close', amount, 0, 0, 'ambiguous', '',
                      '', now(), '{"stop": 90}', true, now(), now() from strategy.position where bot = :bot""")
            .param("order", order)
            .param("bot", bot)
            .update();
        assertConflict(id, "order-ambiguous", "/api/orders/" + order + "/resolve");
        assertThat(actions(this.api)).isEmpty();
        this.database.sql("update strategy.order_ set state = 'placed' where id = :order")
            .param("order", order)
            .update();
        assertThat(this.api.post("/api/positions/" + id + "/close", null).status()).as("that protects it")
            .isEqualTo(202);
    }

    @Test
    void saysThatABotOfAnotherAccountNowCannotCloseAPosition() {
        UUID former = this.api.account("binance", false);
        UUID bot = bot("running", this.api.account("binance", false));
        String id = hold(former, bot, "spot");
        this.database.sql("update strategy.position set stop = 90 where bot = :bot").param("bot", bot).update();
        assertConflict(id, "position-of-former-account", "sell it at the broker");
        assertThat(orders(bot)).isZero();
    }

    private int orders(UUID bot) {
        return this.database.sql("select count(*) from strategy.order_ where bot = :bot")
            .param("bot", bot)
            .query(Integer.class)
            .single();
    }

    private void assertConflict(String position, String type, String next) {
        ApiClient.Answer answer = this.api.post("/api/positions/" + position + "/close", null);
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.body().path("type").stringValue()).endsWith(type);
        assertThat(answer.body().path("detail").stringValue()).contains(next);
    }

    /**
     * Creates a bot with an invalid definition, so that the service under test ignores
     * it.
     */
    private UUID bot(String state, UUID account) {
        UUID bot = UUID.randomUUID();
        this.database.sql("""
                insert into strategy.account (id, money, person, broker, currency, balance, max_stake, max_exposure,
                  daily_loss, max_drawdown, max_gales, created_at)
                values (:id, 'demo', :person, 'binance', 'USDT', null, 1000, 5000, 1000, 2500, 2, now())""")
            .param("id", account)
            .param("person", this.api.person())
            .update();
        this.database
            .sql("""
                    insert into strategy.bot (id, person, name, kind, account, money, settings, state, version, created_at,
                      changed_at)
                    values (:bot, :person, 'closed', 'spot', :account, 'demo', '{}', :state, nextval('strategy.bot_version'),
                      now(), now())""")
            .param("bot", bot)
            .param("person", this.api.person())
            .param("account", account)
            .param("state", state)
            .update();
        return bot;
    }

    @Test
    void flattensAnAccount() {
        UUID account = this.api.account("binance", false);
        String path = "/api/bots/accounts/" + account + "/demo/";
        this.api.call(HttpMethod.PUT, path + "currency", "{\"currency\":\"USDT\"}");
        hold(account, new UUID(0, 0), "spot");
        ApiClient stranger = ApiClient.newcomer();
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
