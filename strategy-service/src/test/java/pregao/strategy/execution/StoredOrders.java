package pregao.strategy.execution;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

import pregao.contracts.Instrument;
import pregao.strategy.StrategyDatabase;
import pregao.strategy.account.AccountKey;
import pregao.strategy.account.TradingMode;
import pregao.strategy.order.Fill;
import pregao.strategy.order.OptionTerms;
import pregao.strategy.order.Order;
import pregao.strategy.order.OrderOwner;
import pregao.strategy.order.OrderRepository;
import pregao.strategy.order.OrderState;
import pregao.strategy.order.PositionEffect;
import pregao.strategy.order.Side;

/**
 * Creates orders in the database, each on its own demo account at a broker.
 */
final class StoredOrders {

    private static final StrategyDatabase DATABASE = StrategyDatabase.shared();

    private StoredOrders() {
    }

    static Order option(OrderState state, Instant validUntil, @Nullable UUID bot) throws SQLException {
        Fill placed = (state == OrderState.PLACED)
                ? new Fill(BigDecimal.ONE, null, null, null, 7L, validUntil.toEpochMilli()) : null;
        return store(new Order(UUID.randomUUID(), new OrderOwner(UUID.randomUUID(), account(), bot),
                new Instrument("polarium", "EURUSD-OTC"), Side.CALL, PositionEffect.OPEN, BigDecimal.TEN,
                BigDecimal.TEN, 0, state, "", "", validUntil.toEpochMilli(), validUntil.toEpochMilli(), null,
                new OptionTerms(60, new BigDecimal("0.87")), placed, false));
    }

    static Order manualBuy(OrderState state, Instant validUntil) throws SQLException {
        return store(new Order(UUID.randomUUID(), new OrderOwner(UUID.randomUUID(), account(), null),
                new Instrument("binance", "BTCUSDT"), Side.BUY, PositionEffect.OPEN, BigDecimal.ONE, BigDecimal.TEN, 0,
                state, "", "", validUntil.toEpochMilli(), validUntil.toEpochMilli(), BigDecimal.TEN, null, null, true));
    }

    private static AccountKey account() {
        return new AccountKey(UUID.randomUUID(), TradingMode.DEMO);
    }

    private static Order store(Order order) throws SQLException {
        JdbcClient.create(DATABASE.pool())
            .sql("""
                    insert into strategy.account (id, money, person, broker, currency, max_stake, max_exposure, daily_loss,
                      max_drawdown, max_gales, exposure, created_at)
                    values (?, 'demo', ?, 'simulated', 'USD', 100, 1000, 1000, 1000, 2, 10, now())""")
            .param(order.owner().account().id())
            .param(order.owner().person())
            .update();
        try (Connection connection = DATABASE.pool().getConnection()) {
            OrderRepository.insert(connection, List.of(order), Clock.systemUTC().instant().minusSeconds(1));
        }
        return order;
    }

}
