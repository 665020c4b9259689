package pregao.session.broker.api;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * An order that buys or sells immediately, at the market price or at a limit price. The
 * part that cannot be filled immediately is canceled.
 *
 * @param id our own ID, which the broker stores, too
 * @param account the trading mode
 * @param symbol the symbol, such as {@code BTCUSDT}
 * @param side the side
 * @param quantity the quantity in the base asset
 * @param limit the limit price in the quote asset, or null for a market order
 * @param after the ID of the protective order to cancel first; the quantity that it has
 * sold is not sold again, and nothing is sold if it cannot be canceled; null for none
 * @param decidedAt when the order was decided
 * @param validUntil the time after which it must not be sent
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
     * Creates an order without a preceding protective order.
     * @param id our own ID
     * @param account the trading mode
     * @param symbol the symbol, such as {@code BTCUSDT}
     * @param side the side
     * @param quantity the quantity in the base asset
     * @param limit the limit price, or null
     * @param decidedAt when the order was decided
     * @param validUntil the time after which it must not be sent
     */
    public SpotOrder(UUID id, TradingMode account, String symbol, Side side, BigDecimal quantity,
            @Nullable BigDecimal limit, Instant decidedAt, Instant validUntil) {
        this(id, account, symbol, side, quantity, limit, null, decidedAt, validUntil);
    }

    /**
     * Returns a copy with another limit price.
     * @param newLimit the limit price
     * @return the copy
     */
    public SpotOrder withLimit(BigDecimal newLimit) {
        return new SpotOrder(this.id, this.account, this.symbol, this.side, this.quantity, newLimit, this.after,
                this.decidedAt, this.validUntil);
    }

    /**
     * Returns a copy with another quantity.
     * @param newQuantity the quantity
     * @return the copy
     */
    public SpotOrder withQuantity(BigDecimal newQuantity) {
        return new SpotOrder(this.id, this.account, this.symbol, this.side, newQuantity, this.limit, this.after,
                this.decidedAt, this.validUntil);
    }

}
