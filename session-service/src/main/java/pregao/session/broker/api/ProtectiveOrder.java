package pregao.session.broker.api;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * An amount that lies at the broker to be sold once the price is at a level, so that a
 * position is closed also where nobody watches it. Of a stop and a take one is done.
 *
 * @param id ours, which the broker keeps too
 * @param account with which money
 * @param symbol such as {@code BTCUSDT}
 * @param quantity in the base asset
 * @param stop the price from which on, falling, it is sold; null for none
 * @param limit the worst price of that sale; null without a stop
 * @param take the price from which on, rising, it is sold; null for none
 * @param decidedAt when it was decided
 * @param validUntil after this it must not be sent; once there, it stays
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
