package pregao.strategy;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;

import pregao.testsupport.ScopeTable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests of authorization: each scope allows only its requests, and a user sees only their
 * own data. Data of other users is reported as not found.
 */
class ScopeTests {

    private static final ApiClient OWNER = ApiClient.newcomer();

    private static final ApiClient READER = ApiClient.newcomer();

    private static final JdbcClient DATABASE = JdbcClient.create(StrategyDatabase.shared().pool());

    private static final String BOT = """
            {"strategy": "rsi-40-60", "stake": 100, "instruments": [{"feed": "binance", "symbol": "BTCUSDT"}]}""";

    private static final String ORDER = """
            {"feed": "binance", "symbol": "BTCUSDT", "side": "buy", "amount": 1}""";

    private static final String STRATEGY = """
            {"name": "mine", "timeframe": "M1", "buy": {"above": ["close", "open"]},
             "sell": {"below": ["close", "open"]}, "stop": 0.1, "take": 0.2, "shorts": false}""";

    private static final String BACKTEST = """
            {"kind": "single", "feed": "mt5", "symbol": "EURUSD", "strategy": "rsi-40-60", "capital": 1000,
             "money": 100, "from": "2025-01-06T00:00:00Z", "to": "2025-01-07T00:00:00Z"}""";

    private static final String ACCOUNT = "/api/bots/accounts/{id}";

    @TestFactory
    List<DynamicTest> everyCallIsForWhomTheTableSays() {
        String bot = made(OWNER.post("/api/bots", BOT));
        String order = made(OWNER.order(ORDER));
        String account = OWNER.get("/api/bots/accounts").body().path("items").get(0).path("id").stringValue();
        String strategy = UUID.randomUUID().toString();
        made(OWNER.call(HttpMethod.PUT, "/api/backtests/strategies/" + strategy, STRATEGY));
        made(OWNER.call(HttpMethod.PUT, "/api/catalog/patterns/" + strategy, "{\"name\":\"mine\",\"look\":[0]}"));
        String analysis = made(OWNER.post("/api/catalog", "{\"symbols\":[\"EURUSD\"]}"));
        String backtest = made(OWNER.post("/api/backtests", BACKTEST));
        made(OWNER.post("/api/bots/" + bot + "/start", null));
        String evidence = made(OWNER.post("/api/bots/" + bot + "/evidence", "{}"));
        ScopeTable table = bodies(new ScopeTable("strategy", ApiClient.url(), ApiClient::credential))
            .thing("/api/bots/{id}", bot)
            .thing("/api/bots/{id}/evidence/{job}", evidence)
            .thing("/api/orders/{id}", order)
            .thing("/api/positions/{id}", position())
            .thing(ACCOUNT, account)
            .thing("/api/backtests/strategies/{id}", strategy)
            .thing("/api/catalog/patterns/{id}", strategy)
            .thing("/api/catalog/{id}", analysis)
            .thing("/api/backtests/{id}", backtest)
            .query("PUT /api/bots/kill-all", "?level=unknown-level")
            .query("GET /api/catalog/{id}/blocks", "?feed=mt5&symbol=EURUSD")
            .query("GET /api/catalog/{id}/chart.{format}", "?feed=mt5&symbol=EURUSD");
        List<DynamicTest> tests = table.tests();
        tests.add(DynamicTest.dynamicTest("what is the owner's is there still",
                () -> assertThat(Stream.of("bots/" + bot, "orders/" + order, "backtests/strategies/" + strategy,
                        "catalog/" + analysis, "backtests/" + backtest, "bots/" + bot + "/evidence/" + evidence))
                    .allMatch((path) -> OWNER.get("/api/" + path).status() == 200)));
        tests.add(DynamicTest.dynamicTest("reading writes nothing", () -> readsAndWritesNothing(table)));
        return tests;
    }

    /** Stores a manual position of the owner at a broker. */
    private static String position() {
        DATABASE.sql("""
                insert into strategy.position (account, money, bot, feed, symbol, person, kind, side, opened_at, amount,
                  entry, fee)
                values (:account, 'demo', :nobody, 'binance', 'BTCUSDT', :person, 'spot', 'buy', now(), 2, 100, 0)""")
            .param("account", OWNER.account("binance", false))
            .param("nobody", new UUID(0, 0))
            .param("person", OWNER.person())
            .update();
        return OWNER.get("/api/positions").body().path("items").path(0).path("id").stringValue();
    }

    /** Tests with a user who has data, and with one who has none. */
    private static void readsAndWritesNothing(ScopeTable table) {
        await().atMost(Duration.ofSeconds(60))
            .until(() -> DATABASE.sql("""
                    select count(*) from strategy.job where person = :owner and state in ('waiting', 'running')""")
                .param("owner", OWNER.person())
                .query(Long.class)
                .single() == 0);
        List<String> before = rows();
        for (String read : table.reads()) {
            for (ApiClient reader : List.of(OWNER, READER)) {
                int status = reader.call(HttpMethod.GET, read, null, "read", MediaType.APPLICATION_JSON).status();
                assertThat(status).as(read).isBetween(200, 499);
            }
        }
        assertThat(rows()).isEqualTo(before);
    }

    /** Returns the stored rows of both users, one text per table. */
    private static List<String> rows() {
        List<String> tables = DATABASE.sql("""
                select table_name from information_schema.columns
                where table_schema = 'strategy' and column_name = 'person'""")
            .query((row, number) -> Objects.requireNonNull(row.getString(1)))
            .list();
        assertThat(tables).contains("account", "bot");
        return tables.stream()
            .map((table) -> table + " "
                    + DATABASE.sql("""
                            select coalesce(string_agg(t::text, ', ' order by t::text), '') from strategy.%s t
                            where person = any(array[:owner, :reader]::uuid[])""".formatted(table))
                        .param("owner", OWNER.person())
                        .param("reader", READER.person())
                        .query(String.class)
                        .single())
            .toList();
    }

    /** Adds valid bodies, so that the response depends on the owner only. */
    private static ScopeTable bodies(ScopeTable table) {
        String id = UUID.randomUUID().toString();
        return table.body("PUT /api/bots/{id}", BOT)
            .body("POST /api/bots/{id}/evidence", "{}")
            .body("POST /api/bots/{id}/promote",
                    "{\"evidence\":\"%s\",\"account\":\"%s\",\"money\":\"demo\",\"confirm\":\"bot\"}".formatted(id, id))
            .body("PUT /api/orders/{id}", ORDER)
            .body("POST /api/orders/{id}/resolve", "{\"outcome\":\"not_found\",\"reason\":\"seen\"}")
            .body("PUT " + ACCOUNT + "/{money}/limits", "{}")
            .body("PUT " + ACCOUNT + "/{money}/currency", "{\"currency\":\"USDT\"}")
            .body("POST " + ACCOUNT + "/{money}/drawdown/reset", "{\"reason\":\"deposit\"}");
    }

    private static String made(ApiClient.Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isBetween(200, 202);
        return answer.body().path("id").stringValue();
    }

    @Test
    void listsHaveOnesOwnOnly() {
        ApiClient owner = ApiClient.newcomer();
        String bot = made(owner.post("/api/bots", BOT));
        made(owner.order(ORDER));
        ApiClient stranger = ApiClient.newcomer();
        for (String path : List.of("/api/bots", "/api/trades", "/api/orders", "/api/signals", "/api/positions",
                "/api/trades?bot=" + bot, "/api/orders?bot=" + bot, "/api/signals?hold=true&bot=" + bot)) {
            assertThat(stranger.get(path).body().path("items").size()).as(path).isZero();
        }
        assertThat(owner.get("/api/bots").body().path("items").size()).isEqualTo(1);
    }

}
