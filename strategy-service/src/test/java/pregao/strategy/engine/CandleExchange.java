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
 * An exchange at which minutes pass: orders are done at the first price of a minute, and
 * those that lie there as its prices come to them, the lowest before the highest.
 */
final class CandleExchange {

    private static final BigDecimal FEE = new BigDecimal("0.001");

    private final Map<UUID, Order> lying = new LinkedHashMap<>();

    private long time;

    private BigDecimal price = BigDecimal.ZERO;

    /** A minute begins. */
    void opens(Candle minute) {
        this.time = minute.openTime();
        this.price = Prices.toDecimal(minute.open());
    }

    /** What becomes of an order, and of the one that it replaces. */
    List<Order> takes(Order order) {
        SpotTerms terms = (order.terms() instanceof SpotTerms spot) ? spot : null;
        if (order.isResting()) {
            assertThat(this.lying).as("one lies there at most").isEmpty();
            Order placed = order.done(OrderState.PLACED, new Fill(null, null, null, null, 7L, this.time));
            this.lying.put(order.id(), placed);
            return List.of(placed);
        }
        List<Order> done = new ArrayList<>();
        if (order.purpose() == PositionEffect.OPEN) {
            BigDecimal limit = Objects.requireNonNull(Objects.requireNonNull(terms).limit());
            done.add((this.price.compareTo(limit) <= 0) ? filled(order, this.price)
                    : order.became(OrderState.REJECTED, "nothing_filled", ""));
            return done;
        }
        UUID after = (terms != null) ? terms.after() : null;
        if (after != null) {
            Order before = Objects.requireNonNull(this.lying.remove(after), "what is replaced has not sold");
            done.add(before.became(OrderState.CANCELLED, "cancelled", ""));
        }
        done.add(filled(order, this.price));
        return done;
    }

    /** The prices of a minute come to what lies there. */
    List<Order> passes(Candle minute) {
        List<Order> done = new ArrayList<>();
        for (Order order : List.copyOf(this.lying.values())) {
            BigDecimal sold = sold((SpotTerms) Objects.requireNonNull(order.terms()), minute);
            if (sold != null) {
                this.lying.remove(order.id());
                done.add(filled(order, sold));
            }
        }
        return done;
    }

    /** An OCO pair of a stop with a limit, and a limit. */
    private static @Nullable BigDecimal sold(SpotTerms terms, Candle minute) {
        BigDecimal open = Prices.toDecimal(minute.open());
        BigDecimal stop = Objects.requireNonNull(terms.stop());
        BigDecimal limit = Objects.requireNonNull(terms.limit());
        BigDecimal take = terms.take();
        if (open.compareTo(stop) <= 0) {
            return (open.compareTo(limit) >= 0) ? open : null;
        }
        if (take != null && open.compareTo(take) >= 0) {
            return open;
        }
        if (Prices.toDecimal(minute.low()).compareTo(stop) <= 0) {
            return stop;
        }
        return (take != null && Prices.toDecimal(minute.high()).compareTo(take) >= 0) ? take : null;
    }

    private Order filled(Order order, BigDecimal bigDecimal) {
        return order.done(OrderState.FILLED,
                new Fill(bigDecimal, order.amount(), fee(bigDecimal.multiply(order.amount())), null, 7L, this.time));
    }

    /** Of a fill's value, in the quote currency. */
    static BigDecimal fee(BigDecimal value) {
        return value.setScale(Prices.SCALE, RoundingMode.HALF_EVEN)
            .multiply(FEE)
            .setScale(Prices.SCALE, RoundingMode.HALF_EVEN);
    }

}
