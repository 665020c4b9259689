package pregao.strategy.execution;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import pregao.contracts.Instrument;
import pregao.strategy.account.AccountKey;
import pregao.strategy.account.TradingMode;
import pregao.strategy.order.Fill;
import pregao.strategy.order.Order;
import pregao.strategy.order.OrderOwner;
import pregao.strategy.order.OrderResponse;
import pregao.strategy.order.OrderState;
import pregao.strategy.order.PositionEffect;
import pregao.strategy.order.Side;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that fees in any asset are converted to the currency of the account.
 */
class FeeTests {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final Map<String, BigDecimal> RATES = Map.of("BNB", new BigDecimal("600"));

    @Test
    void addsUpWhatTheFeesOfAllAssetsAreWorth() {
        Order order = applyFill(Side.BUY, """
                [{"asset": "BNB", "amount": 0.001}, {"asset": "BTC", "amount": 0.0002},
                 {"asset": "USDT", "amount": 0.5}]""");
        Fill fill = Objects.requireNonNull(order.fill());
        assertThat(fill.fee()).as("0.6 in BNB, 20 in BTC, 0.5 in USDT").isEqualByComparingTo("21.1");
        assertThat(fill.amount()).as("less the fee in what was bought").isEqualByComparingTo("0.0998");
        assertThat(fill.fees()).extracting(Fill.Fee::asset).containsExactly("BNB", "BTC", "USDT");
        assertThat(Objects.requireNonNull(fill.fees().getFirst().rate())).isEqualByComparingTo("600");
        assertThat(order.message()).isEmpty();
    }

    @Test
    void saysWhichFeesNobodyCanValue() {
        Order order = applyFill(Side.SELL, """
                [{"asset": "BNB", "amount": 0.001}, {"asset": "XYZ", "amount": 3}]""");
        Fill fill = Objects.requireNonNull(order.fill());
        assertThat(fill.fee()).isEqualByComparingTo("0.6");
        assertThat(fill.fees().getLast().rate()).isNull();
        assertThat(order.state()).isEqualTo(OrderState.FILLED);
        assertThat(order.message()).contains("3 XYZ", "not in the profit", "no exchange rate");
    }

    @Test
    void keepsTheFeesAndReadsFillsWithoutThem() {
        Fill fill = Objects.requireNonNull(applyFill(Side.BUY, "[{\"asset\": \"BNB\", \"amount\": 0.001}]").fill());
        assertThat(JSON.readValue(JSON.writeValueAsString(fill), Fill.class)).isEqualTo(fill);
        Fill stored = JSON.readValue("{\"price\": 1.1, \"fee\": 2, \"brokerId\": 7, \"at\": 5}", Fill.class);
        assertThat(stored.fees()).isEmpty();
        assertThat(stored.fee()).isEqualByComparingTo("2");
    }

    @Test
    void orderShowsItsFeesByAsset() {
        OrderResponse response = OrderResponse.of(applyFill(Side.SELL, """
                [{"asset": "BNB", "amount": 0.001}, {"asset": "XYZ", "amount": 3}]"""));
        assertThat(JSON.writeValueAsString(response))
            .contains("\"fees\":[{\"asset\":\"BNB\",\"amount\":0.001,\"rate\":600},"
                    + "{\"asset\":\"XYZ\",\"amount\":3,\"rate\":null}]");
        assertThat(response.fee()).isEqualByComparingTo("0.6");
    }

    private static Order applyFill(Side side, String fees) {
        String outcome = """
                {"state": "filled", "broker_id": 7, "quantity": 0.1, "quote": 10000, "fees": %s}""".formatted(fees);
        Order order = new Order(new UUID(4, 4),
                new OrderOwner(new UUID(3, 3), new AccountKey(new UUID(1, 1), TradingMode.DEMO), null),
                new Instrument("binance", "BTCUSDT"), side, PositionEffect.OPEN, new BigDecimal("0.1"), BigDecimal.TEN,
                0, OrderState.SENT, "", "", 1, 2L, null, null, null, true);
        return Objects
            .requireNonNull(ExecutionReportMapper.applyOutcome(order, JSON.readTree(outcome), 1_000, RATES::get));
    }

}
