package pregao.strategy.manualorder;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import pregao.contracts.Instrument;
import pregao.contracts.Prices;
import pregao.strategy.account.AccountKey;
import pregao.strategy.account.TradingMode;
import pregao.strategy.order.Order;
import pregao.strategy.order.OrderOwner;
import pregao.strategy.order.Side;
import pregao.strategy.order.SpotTerms;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ManualOrderService}.
 */
class ManualOrderServiceTests {

    @Test
    void aPurchaseAtABrokerIsAtMostOnePercentDearerThanTheLastPrice() {
        assertThat(order(TradingMode.DEMO, Side.BUY).terms()).isInstanceOfSatisfying(SpotTerms.class,
                (terms) -> assertThat(terms.limit()).isEqualByComparingTo("101"));
    }

    @Test
    void aSaleAndAnOrderOnPaperHaveNoLimit() {
        assertThat(order(TradingMode.DEMO, Side.SELL).terms()).isNull();
        assertThat(order(TradingMode.PAPER, Side.BUY).terms()).isNull();
    }

    private static Order order(TradingMode money, Side side) {
        ManualOrderRequest request = new ManualOrderRequest(new UUID(1, 1), money, new Instrument("binance", "BTCUSDT"),
                side, BigDecimal.ONE, null);
        return ManualOrderService.buildOrder(new UUID(4, 4),
                new OrderOwner(new UUID(3, 3), new AccountKey(new UUID(1, 1), money), null), request,
                new LastPriceRepository.LastPrice(100 * Prices.ONE, false), Instant.EPOCH);
    }

}
