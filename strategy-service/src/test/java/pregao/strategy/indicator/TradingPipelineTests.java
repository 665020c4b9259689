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
 * Tests of {@link TradingPipeline} on a real database: each minute is decided on once,
 * whoever reads it and how often.
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

    private final TradingPipelineHarness driver = this.bot.driver();

    @AfterEach
    void stop() {
        this.bot.becomes("stopped", false);
        this.bot.database()
            .sql("delete from strategy.kill_switch where person = :person")
            .param("person", this.bot.person())
            .update();
    }

    /** Bought at 11, sold at 12.5: 90.90909090 pieces bring 136.36363635. */
    private void upAndDown() {
        this.driver.comes(this.bot.ago(4), 10, 11, 10, 11);
        this.driver.comes(this.bot.ago(3), 11, 12, 11, 12);
        this.driver.comes(this.bot.ago(2), 13, 13, 12, 12.5);
        this.driver.comes(this.bot.ago(1), 12.5, 13, 12, 13);
    }

    @Test
    void fillsAtTheNextPriceAndDecidesEachMinuteOnce() throws SQLException {
        this.bot.recording(true);
        upAndDown();
        this.driver.reads(0);
        assertDone();
        this.driver.restart();
        this.driver.reads(this.driver.count());
        assertDone();
    }

    private void assertDone() {
        assertThat(this.bot.text(DECISIONS)).isEqualTo("buy, buy, sell, buy");
        assertThat(this.bot.text(TRADES)).isEqualTo("buy 11 12.5 136.36363635 opposite");
        assertThat(this.bot.text(ORDERS)).isEqualTo("buy open filled, sell close filled, buy open new");
        assertThat(this.bot
            .text("select trim_scale(balance)::text from strategy.account a join strategy.bot b on a.id = b.account "
                    + "where b.id = :bot"))
            .isEqualTo("10136.36363635");
    }

    @Test
    void decidesNothingMoreForAPersonWhoIsErased() throws SQLException {
        this.bot.recording(true);
        this.driver.comes(this.bot.ago(4), 10, 11, 10, 11);
        this.driver.reads(0);
        this.driver.tells(BrokerSessionEvent.erased(this.bot.person(), 1));
        this.driver.comes(this.bot.ago(3), 11, 12, 11, 12);
        this.driver.reads(1);
        assertThat(this.bot.text(STATE)).as("the bot is deleted").isEmpty();
        assertThat(this.bot.text(DECISIONS)).as("the ledger is kept").isEqualTo("buy");
    }

    /**
     * A stake of 1000 at 0.00000001 is more than a quantity can be, one of 1 is not.
     */
    @Test
    void takesBackWhatAFailedBotWantedAndLetsTheOthersGoOn() throws SQLException {
        this.bot.recording(true);
        UUID other = this.bot.another("1");
        this.driver.comes(this.bot.ago(4), 0.00000001, 0.00000002, 0.00000001, 0.00000002);
        this.driver.comes(this.bot.ago(3), 0.00000001, 0.00000002, 0.00000001, 0.00000002);
        this.driver.reads(0);

        assertThat(this.bot.text(STATE)).isEqualTo("halted");
        assertThat(this.bot.text("select reason from strategy.bot where id = :bot"))
            .startsWith("The bot failed at hand");
        assertThat(this.bot.text(ORDERS)).isEmpty();
        assertThat(this.driver.strings(ORDERS, other)).first().isEqualTo("buy open filled");
        assertThat(this.bot.text("select trim_scale(exposure)::text from strategy.account a join strategy.bot b "
                + "on a.id = b.account where b.id = :bot"))
            .as("one position of the other bot")
            .isEqualTo("1");

        this.driver.comes(this.bot.ago(2), 0.00000002, 0.00000002, 0.00000001, 0.00000001);
        this.driver.comes(this.bot.ago(1), 0.00000001, 0.00000002, 0.00000001, 0.00000001);
        this.driver.reads(2);
        assertThat(this.driver.strings(DECISIONS, other)).hasSize(4);
        this.driver.restart();
        this.driver.reads(this.driver.count());
        assertThat(this.bot.text(ORDERS)).isEmpty();
    }

    /**
     * What the same batch tells is written first, with how far that is read, and with
     * nothing else.
     */
    @Test
    void readsNoMinutesOfABatchThatFailsBeforeTheyAreDecided() throws SQLException {
        this.bot.recording(true);
        UUID other = this.bot.another("1");
        this.driver.comes(this.bot.ago(4), 0.00000001, 0.00000002, 0.00000001, 0.00000002);
        this.driver.comes(this.bot.ago(3), 0.00000001, 0.00000002, 0.00000001, 0.00000002);
        this.driver.tells(BrokerSessionEvent.erased(UUID.randomUUID(), 1));
        this.driver.forms(this.bot.ago(2), 0.00000002, 0.00000002, 0.00000001, 0.00000001);
        this.driver.restart(NoOpPricePublisher.failingAfter(1));

        assertThatIllegalStateException().as("it ends as it begins anew without the bot that failed")
            .isThrownBy(() -> this.driver.reads(0));
        assertThat(this.bot.text(STATE)).isEqualTo("halted");
        assertThat(this.driver.strings(DECISIONS, other)).isEmpty();

        this.driver.restart();
        this.driver.goesOn();
        assertThat(this.driver.strings(DECISIONS, other)).containsExactly("buy", "buy");
    }

    @Test
    void replacedReplicaWritesNothing() throws SQLException {
        this.bot.recording(true);
        TradingPipelineHarness paused = this.driver;
        TradingPipelineHarness other = this.driver.other();
        upAndDown();
        other.reads(0);
        assertDone();
        assertThatExceptionOfType(FencedException.class).isThrownBy(() -> paused.reads(0));
        assertDone();
    }

    @Test
    void goesOnWhereItWasAtEachMinute() throws SQLException {
        this.bot.recording(true);
        upAndDown();
        for (int i = 0; i < this.driver.count(); i++) {
            this.driver.reads(i);
            this.driver.restart();
        }
        assertDone();
    }

    @Test
    void actsOnNothingThatIsTooOld() throws SQLException {
        this.bot.superuser("delete from market.feed where feed = 'hand'");
        upAndDown();
        this.driver.reads(0);
        assertThat(this.bot.text(ORDERS)).startsWith("buy open refused stale_price");
        assertThat(this.bot.text(TRADES)).isEmpty();
    }

    @Test
    void decidesOnNothingThatWasOverBeforeItsStart() throws SQLException {
        this.bot.recording(false);
        this.bot.database()
            .sql("update strategy.bot set started_at = now() where person = :person")
            .param("person", this.bot.person())
            .update();
        upAndDown();
        this.driver.restart();
        this.driver.reads(0);
        assertThat(this.bot.text(DECISIONS)).isEmpty();
        this.driver.comes(this.bot.ago(0), 13, 14, 13, 14);
        this.driver.reads(4);
        assertThat(this.bot.text(DECISIONS)).isEqualTo("buy");
    }

    @Test
    void opensNothingWhereTheKillSwitchIsPulled() throws SQLException {
        this.bot.recording(true);
        this.bot.database()
            .sql("insert into strategy.kill_switch values (:person, :person, 'test', now())")
            .param("person", this.bot.person())
            .update();
        upAndDown();
        this.driver.reads(0);
        assertThat(this.bot.strings(ORDERS)).isNotEmpty().allMatch("buy open refused kill_switch"::equals);
    }

    @Test
    void opensNothingBeyondTheLimits() throws SQLException {
        this.bot.recording(true);
        this.bot.database()
            .sql("update strategy.account set max_stake = 999 where id = :person")
            .param("person", this.bot.person())
            .update();
        upAndDown();
        this.driver.reads(0);
        assertThat(this.bot.strings(ORDERS)).isNotEmpty().allMatch("buy open refused stake_limit"::equals);
    }

    @Test
    void closesWhatItHoldsAsItIsStoppedAndThenRests() throws SQLException, InterruptedException {
        this.bot.recording(true);
        this.bot.buys();
        this.bot.becomes("stopping", true);
        this.driver.looks();
        assertThat(this.bot.text(TRADES)).isEqualTo("buy 11 12 90.9090909 end");
        this.driver.looks();
        assertThat(this.bot.text(STATE)).isEqualTo("stopped");
        this.driver.comes(this.bot.ago(2), 13, 14, 12, 14);
        this.driver.reads(2);
        assertThat(this.bot.text(DECISIONS)).as("it decides on nothing more").isEqualTo("buy, buy");
    }

    /** As the API writes it down. */
    @Test
    void closesWhatItHoldsForItsOwnerAndDecidesOn() throws SQLException {
        this.bot.recording(true);
        this.bot.buys();
        Order wish = new Order(UUID.randomUUID(),
                new OrderOwner(this.bot.person(), new AccountKey(this.bot.person(), TradingMode.PAPER), this.bot.id()),
                this.bot.instrument(), Side.SELL, PositionEffect.CLOSE, BigDecimal.ONE, BigDecimal.ZERO, 0,
                OrderState.NEW, "by_hand", "", this.bot.ago(0), null, new BigDecimal(13), null, null, false);
        RetryingTransaction.run(StrategyDatabase.shared().pool(), (connection) -> {
            OrderRepository.add(connection, List.of(wish), Instant.ofEpochMilli(this.bot.ago(0)));
            return wish;
        });
        this.driver.reads(this.driver.count());
        assertThat(this.bot.text(TRADES)).as("at the price when its owner wanted it")
            .isEqualTo("buy 11 13 181.8181818 by_hand");
        assertThat(
                this.bot.text("select concat_ws(' ', state, told) from strategy.order_ where bot = :bot and id = '%s'"
                    .formatted(wish.id())))
            .isEqualTo("filled t");
        this.driver.reads(this.driver.count());
        assertThat(this.bot.strings(TRADES)).hasSize(1);
        assertThat(this.bot.text(STATE)).isEqualTo("running");
        this.driver.comes(this.bot.ago(2), 12, 12, 11, 11);
        this.driver.comes(this.bot.ago(1), 11, 12, 11, 12);
        this.driver.reads(2);
        assertThat(this.bot.text(ORDERS)).isEqualTo("buy open filled, sell close filled by_hand, buy open new");
    }

    @Test
    void looksAfterWhatItHoldsWhereItIsStoppedWithoutClosing() throws SQLException, InterruptedException {
        this.bot.recording(true);
        this.bot.buys();
        this.bot.becomes("stopping", false);
        this.driver.looks();
        assertThat(this.bot.text(STATE)).isEqualTo("stopping");
        this.driver.comes(this.bot.ago(2), 12, 12, 9, 10);
        this.driver.reads(2);
        assertThat(this.bot.text(TRADES)).as("its stop is at 9.9").isEqualTo("buy 11 9.9 -99.99999999 stop");
        this.driver.looks();
        assertThat(this.bot.text(STATE)).isEqualTo("stopped");
    }

    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void endsAsItIsStoppedThoughItHoldsSomethingAndItsAccountIsRemoved(boolean closing)
            throws SQLException, InterruptedException {
        this.bot.recording(true);
        this.bot.buys();
        this.bot.becomes("stopping", closing);
        this.driver.tells(new BrokerSessionEvent(this.bot.person(), this.bot.person(), "binance",
                BrokerSessionEventType.ACCOUNT_REMOVED, "", 1));
        this.driver.comes(this.bot.ago(2), 12, 12, 9, 10);
        this.driver.reads(2);
        assertThat(this.bot.text(STATE)).isEqualTo("stopped");
        this.driver.looks();
        this.driver.comes(this.bot.ago(1), 9, 9, 8, 8);
        this.driver.reads(4);
        assertThat(this.bot.text(STATE)).isEqualTo("stopped");
        assertThat(this.bot.text(TRADES)).as("nothing is sold any more").isEmpty();
    }

    @Test
    void tellsWhatHappenedInItsOrder() throws SQLException {
        this.bot.recording(true);
        upAndDown();
        this.driver.reads(0);
        List<String> topics = this.bot.database()
            .sql("select topic from strategy.event where person = :person order by id")
            .param("person", this.bot.person())
            .query((row, number) -> row.getString(1))
            .list();
        assertThat(topics).containsExactly("signal", "order", "order", "position", "signal", "signal", "order", "order",
                "trade", "position", "signal", "order");
    }

}
