package pregao.strategy.hand;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import pregao.contracts.Instrument;
import pregao.contracts.Price;
import pregao.strategy.account.AccountKey;
import pregao.strategy.account.Money;
import pregao.strategy.order.Order;
import pregao.strategy.order.Owner;
import pregao.strategy.order.Side;
import pregao.strategy.order.SpotTerms;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the orders that somebody makes by hand.
 */
class HandOrdersTests {

    @Test
    void aPurchaseAtABrokerIsAtMostOnePercentDearerThanTheLastPrice() {
        assertThat(order(Money.DEMO, Side.BUY).terms()).isInstanceOfSatisfying(SpotTerms.class,
                (terms) -> assertThat(terms.limit()).isEqualByComparingTo("101"));
    }

    @Test
    void aSaleAndAnOrderOnPaperHaveNoLimit() {
        assertThat(order(Money.DEMO, Side.SELL).terms()).isNull();
        assertThat(order(Money.PAPER, Side.BUY).terms()).isNull();
    }

    private static Order order(Money money, Side side) {
        HandWish wish = new HandWish(new UUID(1, 1), money, new Instrument("binance", "BTCUSDT"), side, BigDecimal.ONE,
                null);
        return HandOrders.order(new UUID(4, 4), new Owner(new UUID(3, 3), new AccountKey(new UUID(1, 1), money), null),
                wish, new LastPrices.Known(100 * Price.ONE, false), Instant.EPOCH);
    }

}
