package pregao.strategy.bot;

import java.sql.Connection;
import java.sql.SQLException;
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
 * Tests for dust: a position that is too small to be sold neither prevents a bot from
 * stopping nor gets lost.
 */
class LeftOverTests {

    private static final String BODY = """
            {"name": "left", "account": "paper", "money": "paper", "strategy": "rsi-40-60", "stake": %d,
             "instruments": [{"feed": "left", "symbol": "BTCUSDT"}, {"feed": "left", "symbol": "ETHUSDT"}]}""";

    private static final String STATE = """
            {"lastMinute": 60000, "trader": {"pending": "BUY", "position": null, "awaiting": false}, "order": null,
             "risk": 2.7, "option": null, "strike": 0}""";

    private static final UUID NO_BOT = new UUID(0, 0);

    private final JdbcClient database = JdbcClient.create(StrategyDatabase.shared().pool());

    private final ApiClient api = ApiClient.newcomer();

    private final UUID botId = UUID.randomUUID();

    private final String path = "/api/bots/" + this.botId;

    @BeforeEach
    void holdsTooLittleOfBitcoin() {
        CandleRows.markAsReplay("left");
        assertThat(this.api.call(HttpMethod.PUT, this.path, BODY.formatted(100)).status()).isEqualTo(201);
        insertInstance("BTCUSDT");
        insertInstance("ETHUSDT");
        insertPosition(this.botId, "0.03", "90", "0.01");
    }

    @Test
    void doesNotKeepABotFromStopping() throws SQLException {
        this.database.sql("update strategy.bot set state = 'stopping' where id = :bot")
            .param("bot", this.botId)
            .update();
        refresh();
        assertThat(queryText("select state from strategy.bot where id = :bot")).isEqualTo("stopped");
    }

    @Test
    void isHeldByABotThatStartsAgain() {
        assertThat(this.api.post(this.path + "/start", null).status()).isEqualTo(200);
        assertThat(queryText(
                "select concat_ws(' ', symbol, state ->> 'lastMinute', state ->> 'risk', state #>> '{trader,pending}', "
                        + "last_minute) from strategy.desk where bot = :bot"))
            .as("nothing but what it holds is remembered")
            .isEqualTo("BTCUSDT " + Long.MIN_VALUE + " 2.7 HOLD " + Long.MIN_VALUE);
        assertThat(findPositions(this.botId)).isEqualTo("0.03 90 0.01");
        this.database.sql("update strategy.bot set state = 'stopped' where id = :bot")
            .param("bot", this.botId)
            .update();
    }

    @Test
    void becomesItsOwnersWithABotThatIsDeleted() {
        insertPosition(NO_BOT, "0.01", "50", "0.02");
        assertThat(this.api.call(HttpMethod.DELETE, this.path, null).status()).isEqualTo(204);
        assertThat(findPositions(NO_BOT)).as("the mean of 0.03 x 90 and 0.01 x 50").isEqualTo("0.04 80 0.03");
        assertThat(findPositions(this.botId)).isEmpty();
    }

    @Test
    void becomesItsOwnersWithABotThatIsChanged() {
        assertThat(this.api.call(HttpMethod.PUT, this.path, BODY.formatted(200)).status()).isEqualTo(200);
        assertThat(findPositions(NO_BOT)).isEqualTo("0.03 90 0.01");
        assertThat(queryText("select symbol from strategy.desk where bot = :bot")).isEqualTo("ETHUSDT");
    }

    /** A position with a stop is managed in every state of its bot. */
    @Test
    void isNotWhatHasAStop() throws SQLException {
        this.database.sql("update strategy.position set stop = 80 where bot = :bot").param("bot", this.botId).update();
        this.database.sql("update strategy.bot set state = 'stopping' where id = :bot")
            .param("bot", this.botId)
            .update();
        refresh();
        assertThat(queryText("select state from strategy.bot where id = :bot")).isEqualTo("stopping");
        this.database.sql("update strategy.bot set state = 'stopped' where id = :bot")
            .param("bot", this.botId)
            .update();
    }

    /** A position at a removed account does not keep a bot busy that uses another one. */
    @Test
    void isWhatAnAccountHadThatIsGone() throws SQLException {
        this.database.sql("update strategy.position set stop = 80, account = gen_random_uuid() where bot = :bot")
            .param("bot", this.botId)
            .update();
        this.database.sql("""
                insert into strategy.order_ (id, person, account, money, bot, feed, symbol, kind, side, purpose, amount,
                  risk, level, state, reason, message, decided_at, told, created_at, changed_at)
                select gen_random_uuid(), person, gen_random_uuid(), 'demo', id, 'left', 'BTCUSDT', 'spot', 'sell',
                  'close', 1, 0, 0, 'placed', 'protect', '', now(), true, now(), now()
                from strategy.bot where id = :bot""").param("bot", this.botId).update();
        this.database.sql("update strategy.bot set state = 'stopping' where id = :bot")
            .param("bot", this.botId)
            .update();
        refresh();
        assertThat(queryText("select state from strategy.bot where id = :bot")).isEqualTo("stopped");
    }

    private static void refresh() throws SQLException {
        try (Connection connection = StrategyDatabase.shared().pool().getConnection()) {
            new ActiveBotRepository().refresh(connection);
        }
    }

    private void insertInstance(String symbol) {
        this.database.sql("""
                insert into strategy.desk (bot, feed, symbol, last_minute, state)
                values (:bot, 'left', :symbol, 60000, cast(:state as jsonb))""")
            .param("state", STATE)
            .param("bot", this.botId)
            .param("symbol", symbol)
            .update();
    }

    private void insertPosition(UUID owner, String amount, String entry, String fee) {
        this.database.sql("""
                insert into strategy.position (account, money, bot, feed, symbol, person, kind, side, opened_at, amount,
                  entry, fee)
                select account, money, cast(:owner as uuid), 'left', 'BTCUSDT', person, 'spot', 'buy', now(),
                  cast(:amount as numeric), cast(:entry as numeric), cast(:fee as numeric)
                from strategy.bot where id = :bot""")
            .param("owner", owner)
            .param("amount", amount)
            .param("entry", entry)
            .param("fee", fee)
            .param("bot", this.botId)
            .update();
    }

    private String findPositions(UUID owner) {
        return String.join(", ", this.database.sql("""
                select trim_scale(amount) || ' ' || trim_scale(entry) || ' ' || trim_scale(fee) from strategy.position
                where person = :person and bot = :owner""")
            .param("person", this.api.person())
            .param("owner", owner)
            .query(String.class)
            .list());
    }

    private String queryText(String sql) {
        return String.join(", ", this.database.sql(sql).param("bot", this.botId).query(String.class).list());
    }

}
