package pregao.session.broker.api;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A sell order that rests at the broker until the price reaches a level, so that a
 * position is closed even if this service is down. Of a stop-loss and a take-profit, one
 * is executed.
 *
 * @param id our own ID, which the broker stores, too
 * @param account the trading mode
 * @param symbol the symbol, such as {@code BTCUSDT}
 * @param quantity the quantity in the base asset
 * @param stop the stop-loss price: the position is sold when the price falls to it; null
 * for none
 * @param limit the limit price of the stop-loss sale; null if there is no stop-loss
 * @param take the take-profit price: the position is sold when the price rises to it;
 * null for none
 * @param decidedAt when the order was decided
 * @param validUntil the time after which it must not be sent; once at the broker, it
 * stays
 */
public record ProtectiveOrder(UUID id, TradingMode account, String symbol, BigDecimal quantity,
        @Nullable BigDecimal stop, @Nullable BigDecimal limit, @Nullable BigDecimal take, Instant decidedAt,
        Instant validUntil) implements BrokerOrder {

    public ProtectiveOrder {
        if (stop == null && take == null) {
            throw new IllegalArgumentException("a stop, a take or both");
        }
        if ((stop == null) != (limit == null)) {
            throw new IllegalArgumentException("a stop has a limit");
        }
        if (validUntil.isBefore(decidedAt)) {
            throw new IllegalArgumentException("valid until %s, before %s".formatted(validUntil, decidedAt));
        }
    }

}
