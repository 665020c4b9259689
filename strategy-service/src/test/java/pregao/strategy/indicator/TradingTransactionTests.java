package pregao.strategy.indicator;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import javax.sql.DataSource;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import pregao.contracts.Prices;
import pregao.contracts.Timeframe;
import pregao.contracts.candle.Candle;
import pregao.contracts.candle.CandleSource;
import pregao.pipeline.offset.RetryingTransaction;
import pregao.strategy.StrategyDatabase;
import pregao.strategy.account.AccountKey;
import pregao.strategy.account.TradingMode;
import pregao.strategy.bot.ActiveBotRepository;
import pregao.strategy.catalog.live.LiveAnalysisUpdater;
import pregao.strategy.order.Fill;
import pregao.strategy.order.Order;
import pregao.strategy.order.OrderOwner;
import pregao.strategy.order.OrderRepository;
import pregao.strategy.order.OrderState;
import pregao.strategy.order.PositionEffect;
import pregao.strategy.order.Side;
import pregao.strategy.order.SpotTerms;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TradingTransaction} on a real database, if another replica changes an
 * order after it was found and before its account is locked.
 */
class TradingTransactionTests {

    private static final DataSource DATABASE = StrategyDatabase.shared().pool();

    private static final String ORDER = "select concat_ws(' ', state, told) from strategy.order_ where bot = :bot";

    private final SwingBotFixture bot = new SwingBotFixture("happening");

    private final Instant now = Clock.systemUTC().instant();

    @AfterEach
    void stop() {
        this.bot.setState("stopped", false);
    }

    @Test
    void isTheEndOfAnOrderThatLayAtItsBrokerWhenItWasFound() throws SQLException {
        Order order = placed();
        update(order.withFill(OrderState.FILLED,
                new Fill(BigDecimal.TEN, BigDecimal.ONE, BigDecimal.ZERO, null, 7L, this.now.toEpochMilli())));
        runTransaction(order);
        assertThat(this.bot.queryText(ORDER)).isEqualTo("filled t");
    }

    @Test
    void isNotWhatAnotherReplicaTold() throws SQLException {
        Order order = placed();
        update(order.withState(OrderState.CANCELLED, "cancelled", "").withDelivered(true));
        runTransaction(order);
        assertThat(this.bot.queryText(ORDER)).isEqualTo("cancelled t");
    }

    /** Creates a resting sell order that the bot does not know of. */
    private Order placed() throws SQLException {
        long time = this.now.toEpochMilli();
        Order order = new Order(UUID.randomUUID(),
                new OrderOwner(this.bot.person(), new AccountKey(this.bot.person(), TradingMode.PAPER), this.bot.id()),
                this.bot.instrument(), Side.SELL, PositionEffect.CLOSE, BigDecimal.ONE, BigDecimal.ZERO, 0,
                OrderState.PLACED, "protect", "", time, time, null,
                new SpotTerms(BigDecimal.ONE, BigDecimal.TWO, null, null), new Fill(null, null, null, null, 7L, time),
                false);
        RetryingTransaction.run(DATABASE, (connection) -> {
            OrderRepository.insert(connection, List.of(order), this.now);
            return order;
        });
        return order;
    }

    private void update(Order order) throws SQLException {
        RetryingTransaction.run(DATABASE, (connection) -> {
            OrderRepository.update(connection, List.of(order), this.now);
            return order;
        });
    }

    private void runTransaction(Order order) throws SQLException {
        Candle minute = new Candle(this.bot.instrument(), Timeframe.M1, this.bot.minutesAgo(1), Prices.ONE, Prices.ONE,
                Prices.ONE, Prices.ONE, BigDecimal.ONE, null, CandleSource.GIVEN, true, 1);
        RetryingTransaction.run(DATABASE, (connection) -> {
            ActiveBotRepository activeBots = new ActiveBotRepository();
            activeBots.refresh(connection);
            BotInstanceRegistry instances = new BotInstanceRegistry(new BotInstanceRepository());
            instances.updateBots(activeBots.bots().values());
            instances.createMissing(connection, Map.of(this.bot.instrument(), minute), activeBots.bots(),
                    new EventTimeFeeds());
            TransactionContext context = new TradingTransaction(new PollBatch(), List.of(order), List.of(),
                    new LiveAnalysisListener(new LiveAnalysisUpdater(JsonMapper.builder().build())))
                .run(connection, activeBots.bots(), instances, new EventTimeFeeds(), new FailedBotRegistry(), this.now);
            context.ledger().write(connection);
            return context;
        });
    }

}
