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

import pregao.contracts.Price;
import pregao.contracts.Timeframe;
import pregao.contracts.candle.Candle;
import pregao.contracts.candle.CandleSource;
import pregao.loop.fence.Transaction;
import pregao.strategy.StrategyDatabase;
import pregao.strategy.account.AccountKey;
import pregao.strategy.account.Money;
import pregao.strategy.bot.Roster;
import pregao.strategy.catalog.live.LiveCatalogue;
import pregao.strategy.order.Filled;
import pregao.strategy.order.Order;
import pregao.strategy.order.OrderState;
import pregao.strategy.order.Orders;
import pregao.strategy.order.Owner;
import pregao.strategy.order.Purpose;
import pregao.strategy.order.Side;
import pregao.strategy.order.SpotTerms;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link Happening} on a real database, where another replica writes of orders
 * between their being found and their account's being locked.
 */
class HappeningTests {

    private static final DataSource DATABASE = StrategyDatabase.shared().pool();

    private static final String ORDER = "select concat_ws(' ', state, told) from strategy.order_ where bot = :bot";

    private final UpAndDownBot bot = new UpAndDownBot("happening");

    private final Instant now = Clock.systemUTC().instant();

    @AfterEach
    void stop() {
        this.bot.becomes("stopped", false);
    }

    @Test
    void isTheEndOfAnOrderThatLayAtItsBrokerWhenItWasFound() throws SQLException {
        Order found = placed();
        changed(found.done(OrderState.FILLED,
                new Filled(BigDecimal.TEN, BigDecimal.ONE, BigDecimal.ZERO, null, 7L, this.now.toEpochMilli())));
        happens(found);
        assertThat(this.bot.text(ORDER)).isEqualTo("filled t");
    }

    @Test
    void isNotWhatAnotherReplicaTold() throws SQLException {
        Order found = placed();
        changed(found.became(OrderState.CANCELLED, "cancelled", "").told(true));
        happens(found);
        assertThat(this.bot.text(ORDER)).isEqualTo("cancelled t");
    }

    /** An order to sell that lies at the broker, of which the bot does not know. */
    private Order placed() throws SQLException {
        long at = this.now.toEpochMilli();
        Order order = new Order(UUID.randomUUID(),
                new Owner(this.bot.person(), new AccountKey(this.bot.person(), Money.PAPER), this.bot.id()),
                this.bot.instrument(), Side.SELL, Purpose.CLOSE, BigDecimal.ONE, BigDecimal.ZERO, 0, OrderState.PLACED,
                "protect", "", at, at, null, new SpotTerms(BigDecimal.ONE, BigDecimal.TWO, null, null),
                new Filled(null, null, null, null, 7L, at), false);
        Transaction.run(DATABASE, (connection) -> {
            Orders.add(connection, List.of(order), this.now);
            return order;
        });
        return order;
    }

    private void changed(Order order) throws SQLException {
        Transaction.run(DATABASE, (connection) -> {
            Orders.change(connection, List.of(order), this.now);
            return order;
        });
    }

    private void happens(Order found) throws SQLException {
        Candle minute = new Candle(this.bot.instrument(), Timeframe.M1, this.bot.ago(1), Price.ONE, Price.ONE,
                Price.ONE, Price.ONE, BigDecimal.ONE, null, CandleSource.GIVEN, true, 1);
        Transaction.run(DATABASE, (connection) -> {
            Roster roster = new Roster();
            roster.refresh(connection);
            Desks desks = new Desks(new DeskStore());
            desks.of(roster.bots().values());
            desks.complete(connection, Map.of(this.bot.instrument(), minute), roster.bots(), new Feeds());
            Turns turns = new Happening(new Batch(), List.of(found), List.of(),
                    new Watching(new LiveCatalogue(JsonMapper.builder().build())))
                .in(connection, roster.bots(), desks, new Feeds(), new FailedBots(), this.now);
            turns.ledger().write(connection);
            return turns;
        });
    }

}
