package pregao.strategy.execution;

import java.math.BigDecimal;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import pregao.contracts.Instrument;
import pregao.strategy.account.AccountKey;
import pregao.strategy.account.TradingMode;
import pregao.strategy.order.Order;
import pregao.strategy.order.OrderOwner;
import pregao.strategy.order.OrderState;
import pregao.strategy.order.OrderTerms;
import pregao.strategy.order.PositionEffect;
import pregao.strategy.order.Side;
import pregao.strategy.order.SpotTerms;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PlaceOrderRequest}.
 */
class PlaceOrderRequestTests {

    @Test
    void anEntrySaysItsLimit() {
        JsonNode spot = PlaceOrderRequest.toJson(order(Side.BUY, SpotTerms.limited(new BigDecimal("101"))))
            .path("spot");
        assertThat(spot.path("limit").decimalValue()).isEqualByComparingTo("101");
        assertThat(spot.path("quantity").decimalValue()).isEqualByComparingTo("10");
    }

    @Test
    void anOrderThatRestsSaysItsLevelsAndASaleWhatItReplaces() {
        JsonNode resting = PlaceOrderRequest
            .toJson(order(Side.SELL,
                    new SpotTerms(new BigDecimal("89"), new BigDecimal("90"), new BigDecimal("120"), null)))
            .path("spot");
        assertThat(resting.path("limit").decimalValue()).isEqualByComparingTo("89");
        assertThat(resting.path("stop").decimalValue()).isEqualByComparingTo("90");
        assertThat(resting.path("take").decimalValue()).isEqualByComparingTo("120");
        assertThat(resting.has("after")).isFalse();
        JsonNode sale = PlaceOrderRequest.toJson(order(Side.SELL, SpotTerms.replacing(new UUID(7, 7)))).path("spot");
        assertThat(sale.path("after").asString("")).isEqualTo(new UUID(7, 7).toString());
        assertThat(sale.has("limit")).isFalse();
    }

    @Test
    void whatHasNoTermsIsForThePriceOfTheMarket() {
        JsonNode spot = PlaceOrderRequest.toJson(order(Side.SELL, null)).path("spot");
        assertThat(spot.has("limit")).isFalse();
        assertThat(spot.path("side").asString("")).isEqualTo("sell");
    }

    private static Order order(Side side, @Nullable OrderTerms terms) {
        AccountKey account = new AccountKey(new UUID(1, 1), TradingMode.DEMO);
        return new Order(new UUID(4, 4), new OrderOwner(new UUID(3, 3), account, null),
                new Instrument("binance", "BTCUSDT"), side,
                (side == Side.BUY) ? PositionEffect.OPEN : PositionEffect.CLOSE, BigDecimal.TEN, BigDecimal.ZERO, 0,
                OrderState.NEW, "", "", 1, 2L, null, terms, null, true);
    }

}
