package pregao.strategy.order;

import java.math.BigDecimal;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonIgnore;
import org.jspecify.annotations.Nullable;

/**
 * At which prices spot is traded at a broker.
 *
 * @param limit the worst price at which it is filled; null for that of the market. What
 * has no stop and no take is filled at once or not at all
 * @param stop it lies at the broker until the price falls to it; null for none
 * @param take it lies at the broker until the price rises to it; null for none
 * @param after the order that lies at the broker and is ended first: what it has sold is
 * not sold again; null for none
 */
public record SpotTerms(@Nullable BigDecimal limit, @Nullable BigDecimal stop, @Nullable BigDecimal take,
        @Nullable UUID after) implements OrderTerms {

    /**
     * An entry.
     * @param limit the worst price
     * @return filled at once or not at all
     */
    public static SpotTerms limited(BigDecimal limit) {
        return new SpotTerms(limit, null, null, null);
    }

    /**
     * A sale in the place of an order that lies at the broker.
     * @param restingOrder which
     * @return for the price of the market
     */
    public static SpotTerms replacing(UUID restingOrder) {
        return new SpotTerms(null, null, null, restingOrder);
    }

    /**
     * Whether it lies at the broker until the price comes to it.
     * @return false where it is filled at once or not at all
     */
    @JsonIgnore
    public boolean isResting() {
        return this.stop != null || this.take != null;
    }

}
