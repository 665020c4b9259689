package pregao.strategy.engine;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Prices;
import pregao.contracts.candle.Candle;
import pregao.strategy.order.Fill;
import pregao.strategy.order.Order;
import pregao.strategy.order.OrderState;
import pregao.strategy.order.PositionEffect;
import pregao.strategy.order.SpotTerms;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A simulated exchange that is driven by candles. Orders are filled at the first price of
 * a minute. Resting orders are filled when the prices of a minute reach them; the low
 * comes before the high.
 */
final class CandleExchange {

    private static final BigDecimal FEE = new BigDecimal("0.001");

    private final Map<UUID, Order> restingOrders = new LinkedHashMap<>();

    private long time;

    private BigDecimal price = BigDecimal.ZERO;

    /** Starts a minute. */
    void openMinute(Candle minute) {
        this.time = minute.openTime();
        this.price = Prices.toDecimal(minute.open());
    }

    /** Executes an order. Returns the updates of the order and of the one it replaces. */
    List<Order> execute(Order order) {
        SpotTerms terms = (order.terms() instanceof SpotTerms spot) ? spot : null;
        if (order.isResting()) {
            assertThat(this.restingOrders).as("one lies there at most").isEmpty();
            Order placed = order.withFill(OrderState.PLACED, new Fill(null, null, null, null, 7L, this.time));
            this.restingOrders.put(order.id(), placed);
            return List.of(placed);
        }
        List<Order> updates = new ArrayList<>();
        if (order.purpose() == PositionEffect.OPEN) {
            BigDecimal limit = Objects.requireNonNull(Objects.requireNonNull(terms).limit());
            updates.add((this.price.compareTo(limit) <= 0) ? filled(order, this.price)
                    : order.withState(OrderState.REJECTED, "nothing_filled", ""));
            return updates;
        }
        UUID after = (terms != null) ? terms.after() : null;
        if (after != null) {
            Order replaced = Objects.requireNonNull(this.restingOrders.remove(after), "what is replaced has not sold");
            updates.add(replaced.withState(OrderState.CANCELLED, "cancelled", ""));
        }
        updates.add(filled(order, this.price));
        return updates;
    }

    /** Matches resting orders against the prices of a minute. Returns their updates. */
    List<Order> matchResting(Candle minute) {
        List<Order> updates = new ArrayList<>();
        for (Order order : List.copyOf(this.restingOrders.values())) {
            BigDecimal fillPrice = findFillPrice((SpotTerms) Objects.requireNonNull(order.terms()), minute);
            if (fillPrice != null) {
                this.restingOrders.remove(order.id());
                updates.add(filled(order, fillPrice));
            }
        }
        return updates;
    }

    /**
     * Returns the fill price of an OCO pair of a stop-limit order and a limit order; null
     * if neither is filled.
     */
    private static @Nullable BigDecimal findFillPrice(SpotTerms terms, Candle minute) {
        BigDecimal open = Prices.toDecimal(minute.open());
        BigDecimal stop = Objects.requireNonNull(terms.stop());
        BigDecimal limit = Objects.requireNonNull(terms.limit());
        BigDecimal takeProfit = terms.take();
        if (open.compareTo(stop) <= 0) {
            return (open.compareTo(limit) >= 0) ? open : null;
        }
        if (takeProfit != null && open.compareTo(takeProfit) >= 0) {
            return open;
        }
        if (Prices.toDecimal(minute.low()).compareTo(stop) <= 0) {
            return stop;
        }
        return (takeProfit != null && Prices.toDecimal(minute.high()).compareTo(takeProfit) >= 0) ? takeProfit : null;
    }

    private Order filled(Order order, BigDecimal fillPrice) {
        return order.withFill(OrderState.FILLED,
                new Fill(fillPrice, order.amount(), fee(fillPrice.multiply(order.amount())), null, 7L, this.time));
    }

    /** Computes the fee from the value of a fill, in the quote currency. */
    static BigDecimal fee(BigDecimal value) {
        return value.setScale(Prices.SCALE, RoundingMode.HALF_EVEN)
            .multiply(FEE)
            .setScale(Prices.SCALE, RoundingMode.HALF_EVEN);
    }

}
