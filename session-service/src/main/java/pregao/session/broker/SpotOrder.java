package pregao.session.broker;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * An amount that a user wants to buy or sell at once, for the price of the market or one
 * not worse than a limit; what cannot be had at once is not waited for.
 *
 * @param id ours, which the broker keeps too
 * @param account with which money
 * @param symbol such as {@code BTCUSDT}
 * @param side buy or sell
 * @param quantity in the base asset
 * @param limit the worst price, in the quote asset, or null for that of the market
 * @param decidedAt when it was decided
 * @param validUntil after this it must not be sent
 */
public record SpotOrder(UUID id, BrokerAccount account, String symbol, Side side, BigDecimal quantity,
        @Nullable BigDecimal limit, Instant decidedAt, Instant validUntil) implements BrokerOrder {

    public SpotOrder {
        if (quantity.signum() <= 0) {
            throw new IllegalArgumentException("quantity must be above 0, not " + quantity);
        }
        if (limit != null && limit.signum() <= 0) {
            throw new IllegalArgumentException("limit must be above 0, not " + limit);
        }
        if (validUntil.isBefore(decidedAt)) {
            throw new IllegalArgumentException("valid until %s, before %s".formatted(validUntil, decidedAt));
        }
    }

    /**
     * The same with another limit.
     * @param other the worst price
     * @return changed
     */
    public SpotOrder limited(BigDecimal other) {
        return new SpotOrder(this.id, this.account, this.symbol, this.side, this.quantity, other, this.decidedAt,
                this.validUntil);
    }

}
