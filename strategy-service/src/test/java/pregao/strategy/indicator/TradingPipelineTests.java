package pregao.strategy.indicator;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import pregao.contracts.session.BrokerSessionEvent;
import pregao.contracts.session.BrokerSessionEventType;
import pregao.pipeline.offset.FencedException;
import pregao.pipeline.offset.RetryingTransaction;
import pregao.strategy.StrategyDatabase;
import pregao.strategy.account.AccountKey;
import pregao.strategy.account.TradingMode;
import pregao.strategy.order.Order;
import pregao.strategy.order.OrderOwner;
import pregao.strategy.order.OrderRepository;
import pregao.strategy.order.OrderState;
import pregao.strategy.order.PositionEffect;
import pregao.strategy.order.Side;
import pregao.strategy.price.NoOpPricePublisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link TradingPipeline} on a real database: each candle is decided on once,
 * however often and by whichever replica it is read.
 */
class TradingPipelineTests {

    private static final String ORDERS = """
            select concat_ws(' ', side, purpose, state, nullif(reason, '')) from strategy.order_ where bot = :bot
            order by decided_at, created_at, purpose desc""";

    private static final String TRADES = """
            select concat_ws(' ', side, trim_scale(entry), trim_scale(exit), trim_scale(profit), reason)
            from strategy.trade where bot = :bot order by closed_at""";

    private static final String STATE = "select state from strategy.bot where id = :bot";

    private static final String DECISIONS = "select side from strategy.decision where bot = :bot order by at";

    private final SwingBotFixture bot = new SwingBotFixture("hand");

    private final TradingPipelineHarness harness = this.bot.harness();

    @AfterEach
    void stop() {
        this.bot.setState("stopped", false);
        this.bot.database()
            .sql("delete from strategy.kill_switch where person = :person")
            .param("person", this.bot.person())
            .update();
    }

    /** Buys at 11 and sells at 12.5: 90.90909090 units yield 136.36363635. */
    private void addRisingAndFallingCandles() {
        this.harness.addFinalCandle(this.bot.minutesAgo(4), 10, 11, 10, 11);
        this.harness.addFinalCandle(this.bot.minutesAgo(3), 11, 12, 11, 12);
        this.harness.addFinalCandle(this.bot.minutesAgo(2), 13, 13, 12, 12.5);
        this.harness.addFinalCandle(this.bot.minutesAgo(1), 12.5, 13, 12, 13);
    }

    @Test
    void fillsAtTheNextPriceAndDecidesEachMinuteOnce() throws SQLException {
        this.bot.setEventTime(true);
        addRisingAndFallingCandles();
        this.harness.readFrom(0);
        assertExpectedTrades();
        this.harness.restart();
        this.harness.readFrom(this.harness.recordCount());
        assertExpectedTrades();
    }

    private void assertExpectedTrades() {
        assertThat(this.bot.queryText(DECISIONS)).isEqualTo("buy, buy, sell, buy");
        assertThat(this.bot.queryText(TRADES)).isEqualTo("buy 11 12.5 136.36363635 opposite");
        assertThat(this.bot.queryText(ORDERS)).isEqualTo("buy open filled, sell close filled, buy open new");
        assertThat(this.bot.queryText(
                "select trim_scale(balance)::text from strategy.account a join strategy.bot b on a.id = b.account "
                        + "where b.id = :bot"))
            .isEqualTo("10136.36363635");
    }

    @Test
    void decidesNothingMoreForAPersonWhoIsErased() throws SQLException {
        this.bot.setEventTime(true);
        this.harness.addFinalCandle(this.bot.minutesAgo(4), 10, 11, 10, 11);
        this.harness.readFrom(0);
        this.harness.addSessionEvent(BrokerSessionEvent.erased(this.bot.person(), 1));
        this.harness.addFinalCandle(this.bot.minutesAgo(3), 11, 12, 11, 12);
        this.harness.readFrom(1);
        assertThat(this.bot.queryText(STATE)).as("the bot is deleted").isEmpty();
        assertThat(this.bot.queryText(DECISIONS)).as("the ledger is kept").isEqualTo("buy");
    }

    /**
     * A stake of 1000 at 0.00000001 exceeds the maximum quantity, a stake of 1 does not.
     */
    @Test
    void takesBackWhatAFailedBotWantedAndLetsTheOthersGoOn() throws SQLException {
        this.bot.setEventTime(true);
        UUID otherBot = this.bot.createOtherBot("1");
        this.harness.addFinalCandle(this.bot.minutesAgo(4), 0.00000001, 0.00000002, 0.00000001, 0.00000002);
        this.harness.addFinalCandle(this.bot.minutesAgo(3), 0.00000001, 0.00000002, 0.00000001, 0.00000002);
        this.harness.readFrom(0);

        assertThat(this.bot.queryText(STATE)).isEqualTo("halted");
        assertThat(this.bot.queryText("select reason from strategy.bot where id = :bot"))
            .startsWith("The bot failed at hand");
        assertThat(this.bot.queryText(ORDERS)).isEmpty();
        assertThat(this.harness.queryStrings(ORDERS, otherBot)).first().isEqualTo("buy open filled");
        assertThat(this.bot.queryText("select trim_scale(exposure)::text from strategy.account a join strategy.bot b "
                + "on a.id = b.account where b.id = :bot"))
            .as("one position of the other bot")
            .isEqualTo("1");

        this.harness.addFinalCandle(this.bot.minutesAgo(2), 0.00000002, 0.00000002, 0.00000001, 0.00000001);
        this.harness.addFinalCandle(this.bot.minutesAgo(1), 0.00000001, 0.00000002, 0.00000001, 0.00000001);
        this.harness.readFrom(2);
        assertThat(this.harness.queryStrings(DECISIONS, otherBot)).hasSize(4);
        this.harness.restart();
        this.harness.readFrom(this.harness.recordCount());
        assertThat(this.bot.queryText(ORDERS)).isEmpty();
    }

    /** Session events of a batch are written first, together with their offsets only. */
    @Test
    void readsNoMinutesOfABatchThatFailsBeforeTheyAreDecided() throws SQLException {
        this.bot.setEventTime(true);
        UUID otherBot = this.bot.createOtherBot("1");
        this.harness.addFinalCandle(this.bot.minutesAgo(4), 0.00000001, 0.00000002, 0.00000001, 0.00000002);
        this.harness.addFinalCandle(this.bot.minutesAgo(3), 0.00000001, 0.00000002, 0.00000001, 0.00000002);
        this.harness.addSessionEvent(BrokerSessionEvent.erased(UUID.randomUUID(), 1));
        this.harness.addFormingCandle(this.bot.minutesAgo(2), 0.00000002, 0.00000002, 0.00000001, 0.00000001);
        this.harness.restart(NoOpPricePublisher.failingAfter(1));

        assertThatIllegalStateException().as("it ends as it begins anew without the bot that failed")
            .isThrownBy(() -> this.harness.readFrom(0));
        assertThat(this.bot.queryText(STATE)).isEqualTo("halted");
        assertThat(this.harness.queryStrings(DECISIONS, otherBot)).isEmpty();

        this.harness.restart();
        this.harness.readNext();
        assertThat(this.harness.queryStrings(DECISIONS, otherBot)).containsExactly("buy", "buy");
    }

    @Test
    void replacedReplicaWritesNothing() throws SQLException {
        this.bot.setEventTime(true);
        TradingPipelineHarness paused = this.harness;
        TradingPipelineHarness otherBot = this.harness.createOtherReplica();
        addRisingAndFallingCandles();
        otherBot.readFrom(0);
        assertExpectedTrades();
        assertThatExceptionOfType(FencedException.class).isThrownBy(() -> paused.readFrom(0));
        assertExpectedTrades();
    }

    @Test
    void goesOnWhereItWasAtEachMinute() throws SQLException {
        this.bot.setEventTime(true);
        addRisingAndFallingCandles();
        for (int i = 0; i < this.harness.recordCount(); i++) {
            this.harness.readFrom(i);
            this.harness.restart();
        }
        assertExpectedTrades();
    }

    @Test
    void actsOnNothingThatIsTooOld() throws SQLException {
        this.bot.executeAsAdmin("delete from market.feed where feed = 'hand'");
        addRisingAndFallingCandles();
        this.harness.readFrom(0);
        assertThat(this.bot.queryText(ORDERS)).startsWith("buy open refused stale_price");
        assertThat(this.bot.queryText(TRADES)).isEmpty();
    }

    @Test
    void decidesOnNothingThatWasOverBeforeItsStart() throws SQLException {
        this.bot.setEventTime(false);
        this.bot.database()
            .sql("update strategy.bot set started_at = now() where person = :person")
            .param("person", this.bot.person())
            .update();
        addRisingAndFallingCandles();
        this.harness.restart();
        this.harness.readFrom(0);
        assertThat(this.bot.queryText(DECISIONS)).isEmpty();
        this.harness.addFinalCandle(this.bot.minutesAgo(0), 13, 14, 13, 14);
        this.harness.readFrom(4);
        assertThat(this.bot.queryText(DECISIONS)).isEqualTo("buy");
    }

    @Test
    void opensNothingWhereTheKillSwitchIsPulled() throws SQLException {
        this.bot.setEventTime(true);
        this.bot.database()
            .sql("insert into strategy.kill_switch values (:person, :person, 'test', now())")
            .param("person", this.bot.person())
            .update();
        addRisingAndFallingCandles();
        this.harness.readFrom(0);
        assertThat(this.bot.queryStrings(ORDERS)).isNotEmpty().allMatch("buy open refused kill_switch"::equals);
    }

    @Test
    void opensNothingBeyondTheLimits() throws SQLException {
        this.bot.setEventTime(true);
        this.bot.database()
            .sql("update strategy.account set max_stake = 999 where id = :person")
            .param("person", this.bot.person())
            .update();
        addRisingAndFallingCandles();
        this.harness.readFrom(0);
        assertThat(this.bot.queryStrings(ORDERS)).isNotEmpty().allMatch("buy open refused stake_limit"::equals);
    }

    @Test
    void closesWhatItHoldsAsItIsStoppedAndThenRests() throws SQLException, InterruptedException {
        this.bot.setEventTime(true);
        this.bot.openPosition();
        this.bot.setState("stopping", true);
        this.harness.pollWithoutRecords();
        assertThat(this.bot.queryText(TRADES)).isEqualTo("buy 11 12 90.9090909 end");
        this.harness.pollWithoutRecords();
        assertThat(this.bot.queryText(STATE)).isEqualTo("stopped");
        this.harness.addFinalCandle(this.bot.minutesAgo(2), 13, 14, 12, 14);
        this.harness.readFrom(2);
        assertThat(this.bot.queryText(DECISIONS)).as("it decides on nothing more").isEqualTo("buy, buy");
    }

    /** Stores the close request as the API does. */
    @Test
    void closesWhatItHoldsForItsOwnerAndDecidesOn() throws SQLException {
        this.bot.setEventTime(true);
        this.bot.openPosition();
        Order closeRequest = new Order(UUID.randomUUID(),
                new OrderOwner(this.bot.person(), new AccountKey(this.bot.person(), TradingMode.PAPER), this.bot.id()),
                this.bot.instrument(), Side.SELL, PositionEffect.CLOSE, BigDecimal.ONE, BigDecimal.ZERO, 0,
                OrderState.NEW, "by_hand", "", this.bot.minutesAgo(0), null, new BigDecimal(13), null, null, false);
        RetryingTransaction.run(StrategyDatabase.shared().pool(), (connection) -> {
            OrderRepository.insert(connection, List.of(closeRequest), Instant.ofEpochMilli(this.bot.minutesAgo(0)));
            return closeRequest;
        });
        this.harness.readFrom(this.harness.recordCount());
        assertThat(this.bot.queryText(TRADES)).as("at the price when its owner wanted it")
            .isEqualTo("buy 11 13 181.8181818 by_hand");
        assertThat(this.bot
            .queryText("select concat_ws(' ', state, told) from strategy.order_ where bot = :bot and id = '%s'"
                .formatted(closeRequest.id())))
            .isEqualTo("filled t");
        this.harness.readFrom(this.harness.recordCount());
        assertThat(this.bot.queryStrings(TRADES)).hasSize(1);
        assertThat(this.bot.queryText(STATE)).isEqualTo("running");
        this.harness.addFinalCandle(this.bot.minutesAgo(2), 12, 12, 11, 11);
        this.harness.addFinalCandle(this.bot.minutesAgo(1), 11, 12, 11, 12);
        this.harness.readFrom(2);
        assertThat(this.bot.queryText(ORDERS)).isEqualTo("buy open filled, sell close filled by_hand, buy open new");
    }

    @Test
    void looksAfterWhatItHoldsWhereItIsStoppedWithoutClosing() throws SQLException, InterruptedException {
        this.bot.setEventTime(true);
        this.bot.openPosition();
        this.bot.setState("stopping", false);
        this.harness.pollWithoutRecords();
        assertThat(this.bot.queryText(STATE)).isEqualTo("stopping");
        this.harness.addFinalCandle(this.bot.minutesAgo(2), 12, 12, 9, 10);
        this.harness.readFrom(2);
        assertThat(this.bot.queryText(TRADES)).as("its stop is at 9.9").isEqualTo("buy 11 9.9 -99.99999999 stop");
        this.harness.pollWithoutRecords();
        assertThat(this.bot.queryText(STATE)).isEqualTo("stopped");
    }

    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void endsAsItIsStoppedThoughItHoldsSomethingAndItsAccountIsRemoved(boolean closing)
            throws SQLException, InterruptedException {
        this.bot.setEventTime(true);
        this.bot.openPosition();
        this.bot.setState("stopping", closing);
        this.harness.addSessionEvent(new BrokerSessionEvent(this.bot.person(), this.bot.person(), "binance",
                BrokerSessionEventType.ACCOUNT_REMOVED, "", 1));
        this.harness.addFinalCandle(this.bot.minutesAgo(2), 12, 12, 9, 10);
        this.harness.readFrom(2);
        assertThat(this.bot.queryText(STATE)).isEqualTo("stopped");
        this.harness.pollWithoutRecords();
        this.harness.addFinalCandle(this.bot.minutesAgo(1), 9, 9, 8, 8);
        this.harness.readFrom(4);
        assertThat(this.bot.queryText(STATE)).isEqualTo("stopped");
        assertThat(this.bot.queryText(TRADES)).as("nothing is sold any more").isEmpty();
    }

    @Test
    void tellsWhatHappenedInItsOrder() throws SQLException {
        this.bot.setEventTime(true);
        addRisingAndFallingCandles();
        this.harness.readFrom(0);
        List<String> topics = this.bot.database()
            .sql("select topic from strategy.event where person = :person order by id")
            .param("person", this.bot.person())
            .query((row, number) -> row.getString(1))
            .list();
        assertThat(topics).containsExactly("signal", "order", "order", "position", "signal", "signal", "order", "order",
                "trade", "position", "signal", "order");
    }

}
