package pregao.strategy.execution;

import java.math.BigDecimal;
import java.util.Objects;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

import pregao.contracts.Instrument;
import pregao.strategy.account.AccountKey;
import pregao.strategy.account.TradingMode;
import pregao.strategy.order.Fill;
import pregao.strategy.order.OptionTerms;
import pregao.strategy.order.Order;
import pregao.strategy.order.OrderOwner;
import pregao.strategy.order.OrderState;
import pregao.strategy.order.PositionEffect;
import pregao.strategy.order.Side;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that an option order has a minimum payout, and keeps the actual one.
 */
class PayoutTests {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @ParameterizedTest
    @CsvSource({ "0.80, 80", "0.87, 87", "0.875, 88", "0.8701, 88", "1, 100" })
    void asksForNoLessThanTheLeast(BigDecimal minPayout, int percent) {
        assertThat(PlaceOrderRequest.toJson(order(minPayout)).path("option").path("payout").intValue())
            .isEqualTo(percent);
    }

    @Test
    void keepsWhatTheBrokerPays() {
        Order placed = applyOutcome(order(new BigDecimal("0.80")), """
                {"state": "placed", "broker_id": 7, "strike": 1.1, "payout": 88}""");
        assertThat(placed.state()).isEqualTo(OrderState.PLACED);
        assertThat(payout(placed)).isEqualByComparingTo("0.88");
        assertThat(placed.terms()).as("what was asked for").isEqualTo(new OptionTerms(60, new BigDecimal("0.80")));
        Order settled = applyOutcome(placed, """
                {"state": "settled", "broker_id": 7, "profit": 8.8}""");
        assertThat(payout(settled)).isEqualByComparingTo("0.88");
        assertThat(Objects.requireNonNull(settled.fill()).profit()).isEqualByComparingTo("8.8");
        assertThat(payout(applyOutcome(placed, """
                {"state": "settled", "broker_id": 7, "profit": 8.9, "payout": 89}"""))).isEqualByComparingTo("0.89");
    }

    @Test
    void doesNotGuessWhatItPays() {
        assertThat(payout(applyOutcome(order(new BigDecimal("0.80")), """
                {"state": "placed", "broker_id": 7}"""))).isNull();
    }

    /** Orders stored by earlier versions have none. */
    @Test
    void readsFillsWithoutAPayout() {
        Fill fill = JSON.readValue("""
                {"price": 1.1, "amount": null, "fee": null, "profit": null, "brokerId": 7, "at": 5}""", Fill.class);
        assertThat(fill.payout()).isNull();
        assertThat(fill.brokerId()).isEqualTo(7);
        Fill paying = new Fill(null, null, null, null, 7L, 5, new BigDecimal("0.88"));
        assertThat(JSON.readValue(JSON.writeValueAsString(paying), Fill.class)).isEqualTo(paying);
    }

    private static Order applyOutcome(Order order, String outcome) {
        return Objects
            .requireNonNull(ExecutionReportMapper.applyOutcome(order, JSON.readTree(outcome), 1_000, (asset) -> null));
    }

    private static @Nullable BigDecimal payout(Order order) {
        return Objects.requireNonNull(order.fill()).payout();
    }

    private static Order order(BigDecimal minPayout) {
        AccountKey account = new AccountKey(new UUID(1, 1), TradingMode.DEMO);
        return new Order(new UUID(4, 4), new OrderOwner(new UUID(3, 3), account, null),
                new Instrument("polarium", "EURUSD"), Side.CALL, PositionEffect.OPEN, BigDecimal.TEN, BigDecimal.TEN, 0,
                OrderState.NEW, "", "", 1, 2L, null, new OptionTerms(60, minPayout), null, true);
    }

}
