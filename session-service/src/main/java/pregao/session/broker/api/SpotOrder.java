package pregao.session.broker.api;

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
 * @param after the protective order that is ended first; what it has sold is not sold
 * again, and where it cannot be ended nothing is sold; null for none
 * @param decidedAt when it was decided
 * @param validUntil after this it must not be sent
 */
public record SpotOrder(UUID id, TradingMode account, String symbol, Side side, BigDecimal quantity,
        @Nullable BigDecimal limit, @Nullable UUID after, Instant decidedAt,
        Instant validUntil) implements BrokerOrder {

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
     * An order that comes after no other.
     * @param id ours
     * @param account with which money
     * @param symbol such as {@code BTCUSDT}
     * @param side buy or sell
     * @param quantity in the base asset
     * @param limit the worst price, or null
     * @param decidedAt when it was decided
     * @param validUntil after this it must not be sent
     */
    public SpotOrder(UUID id, TradingMode account, String symbol, Side side, BigDecimal quantity,
            @Nullable BigDecimal limit, Instant decidedAt, Instant validUntil) {
        this(id, account, symbol, side, quantity, limit, null, decidedAt, validUntil);
    }

    /**
     * The same with another limit.
     * @param newLimit the worst price
     * @return changed
     */
    public SpotOrder withLimit(BigDecimal newLimit) {
        return new SpotOrder(this.id, this.account, this.symbol, this.side, this.quantity, newLimit, this.after,
                this.decidedAt, this.validUntil);
    }

    /**
     * The same for another quantity.
     * @param newQuantity how much
     * @return changed
     */
    public SpotOrder withQuantity(BigDecimal newQuantity) {
        return new SpotOrder(this.id, this.account, this.symbol, this.side, newQuantity, this.limit, this.after,
                this.decidedAt, this.validUntil);
    }

}
