package pregao.strategy.ledger;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

import pregao.contracts.Instrument;
import pregao.pipeline.offset.RetryingTransaction;
import pregao.strategy.StrategyDatabase;
import pregao.strategy.account.AccountKey;
import pregao.strategy.account.TradingMode;
import pregao.strategy.order.Fill;
import pregao.strategy.order.Order;
import pregao.strategy.order.OrderOwner;
import pregao.strategy.order.OrderRepository;
import pregao.strategy.order.OrderState;
import pregao.strategy.order.PositionEffect;
import pregao.strategy.order.Side;
import pregao.strategy.position.PositionRepository;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ManualFillBooking} on a real database: the exposure equals the
 * notional of the position.
 */
class ManualFillBookingTests {

    private static final Instrument BTC = new Instrument("binance", "BTCUSDT");

    private final DataSource dataSource = StrategyDatabase.shared().pool();

    private final JdbcClient database = JdbcClient.create(this.dataSource);

    private final UUID userId = UUID.randomUUID();

    private final AccountKey account = new AccountKey(UUID.randomUUID(), TradingMode.DEMO);

    ManualFillBookingTests() {
        this.database.sql("""
                insert into strategy.account (id, money, person, broker, currency, max_stake, max_exposure, daily_loss,
                  max_drawdown, max_gales, created_at)
                values (:id, 'demo', :person, 'binance', 'USDT', 1000, 5000, 1000, 2500, 2, now())""")
            .param("id", this.account.id())
            .param("person", this.userId)
            .update();
    }

    @Test
    void whatIsAtRiskIsWhatIsHeld() throws SQLException {
        // Two orders for 100 each, filled at 101 and 103, less the fee in the base asset.
        placeFilled(Side.BUY, "100", "101", "0.999");
        assertThat(exposure()).isEqualByComparingTo("100.899");
        placeFilled(Side.BUY, "100", "103", "0.999");
        assertThat(exposure()).isEqualByComparingTo("203.796");
        placeFilled(Side.SELL, "0", "110", "0.5");
        // 1.498 of 1.998 remain, at 102 each.
        assertThat(exposure()).isEqualByComparingTo("152.796");
        placeFilled(Side.SELL, "0", "90", "1.498");
        assertThat(exposure()).as("nothing is held").isZero();
        assertThat(this.database.sql("select count(*) from strategy.position where account = :id")
            .param("id", this.account.id())
            .query(Long.class)
            .single()).isZero();
    }

    @Test
    void whatIsSoldBeyondWhatIsHeldIsBookedAndTold() throws SQLException {
        placeFilled(Side.BUY, "200", "100", "2");
        UUID sale = placeFilled(Side.SELL, "0", "110", "3");
        assertThat(trades()).containsExactlyInAnyOrder("2 100 110 20", "1 110 110 0");
        assertThat(message(sale)).startsWith("more_than_held 1 more was sold");
        assertThat(exposure()).isZero();
    }

    @Test
    void whatIsSoldAndNotHeldAtAllIsBookedAndTold() throws SQLException {
        UUID sale = placeFilled(Side.SELL, "0", "110", "0.5");
        assertThat(trades()).containsExactly("0.5 110 110 0");
        assertThat(message(sale)).startsWith("more_than_held 0.5 more was sold");
    }

    private List<@Nullable String> trades() {
        return this.database.sql("""
                select concat_ws(' ', trim_scale(amount), trim_scale(entry), trim_scale(exit), trim_scale(profit))
                from strategy.trade where account = :id""").param("id", this.account.id()).query(String.class).list();
    }

    private String message(UUID order) {
        return this.database.sql("select reason || ' ' || message from strategy.order_ where id = :id and told")
            .param("id", order)
            .query(String.class)
            .single();
    }

    @Test
    void whatWasNotFilledIsNotAtRisk() throws SQLException {
        Order order = order(Side.BUY, "100");
        place(order, order.withState(OrderState.REJECTED, "balance", ""));
        assertThat(exposure()).isZero();
    }

    @Test
    void whatTheBrokerDidNotSellIsHeldAndMayBeSold() throws SQLException {
        placeFilled(Side.BUY, "100", "100", "1");
        Order sale = order(Side.SELL, "0");
        place(sale, sale.withState(OrderState.REJECTED, "no_funds", "Account has insufficient balance"));
        assertThat(exposure()).isEqualByComparingTo("100");
        RetryingTransaction.run(this.dataSource, (connection) -> {
            assertThat(Objects.requireNonNull(PositionRepository.find(connection, sale.owner(), BTC)).amount())
                .isEqualByComparingTo("1");
            assertThat(OrderRepository.sumOpenSells(connection, sale.owner(), BTC)).isZero();
            return sale;
        });
    }

    private UUID placeFilled(Side side, String risk, String price, String amount) throws SQLException {
        Order order = order(side, risk);
        place(order, order.withFill(OrderState.FILLED,
                new Fill(new BigDecimal(price), new BigDecimal(amount), BigDecimal.ZERO, null, 1L, 1)));
        return order.id();
    }

    private void place(Order order, Order after) throws SQLException {
        RetryingTransaction.run(this.dataSource, (connection) -> {
            LedgerTransaction ledger = LedgerTransaction.open(connection, List.of(this.account),
                    Instant.ofEpochMilli(1));
            ledger.put(order);
            ledger.changeExposure(this.account, order.risk());
            ledger.put(after);
            ManualFillBooking.bookOutcome(ledger, connection, after);
            ledger.write(connection);
            return ledger;
        });
    }

    private Order order(Side side, String risk) {
        return new Order(UUID.randomUUID(), new OrderOwner(this.userId, this.account, null), BTC, side,
                (side == Side.SELL) ? PositionEffect.CLOSE : PositionEffect.OPEN, BigDecimal.ONE, new BigDecimal(risk),
                0, OrderState.NEW, "", "", 1, 1L, null, null, null, true);
    }

    private BigDecimal exposure() {
        return this.database.sql("select exposure from strategy.account where id = :id")
            .param("id", this.account.id())
            .query(BigDecimal.class)
            .single();
    }

}
