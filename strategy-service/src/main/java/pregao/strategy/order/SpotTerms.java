package pregao.strategy.order;

import java.math.BigDecimal;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonIgnore;
import org.jspecify.annotations.Nullable;

/**
 * The prices of a spot order at a broker. An order without stop and take is filled
 * immediately or not at all.
 *
 * @param limit the worst fill price; null for a market order
 * @param stop the stop price: the order rests at the broker until the price falls to it;
 * null for none
 * @param take the take-profit price: the order rests at the broker until the price rises
 * to it; null for none
 * @param after the resting order to cancel first; the quantity that it has sold is not
 * sold again; null for none
 */
public record SpotTerms(@Nullable BigDecimal limit, @Nullable BigDecimal stop, @Nullable BigDecimal take,
        @Nullable UUID after) implements OrderTerms {

    /**
     * Creates the terms of an entry with a limit price.
     * @param limit the worst fill price
     * @return the terms of an order that is filled immediately or not at all
     */
    public static SpotTerms limited(BigDecimal limit) {
        return new SpotTerms(limit, null, null, null);
    }

    /**
     * Creates the terms of a market sale that replaces a resting order.
     * @param restingOrder the id of the resting order
     * @return the terms of a market order
     */
    public static SpotTerms replacing(UUID restingOrder) {
        return new SpotTerms(null, null, null, restingOrder);
    }

    /**
     * Returns whether the order rests at the broker until the price reaches its stop or
     * take.
     * @return false if it is filled immediately or not at all
     */
    @JsonIgnore
    public boolean isResting() {
        return this.stop != null || this.take != null;
    }

}
