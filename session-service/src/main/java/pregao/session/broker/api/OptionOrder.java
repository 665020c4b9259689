package pregao.session.broker.api;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * An order for an option.
 *
 * @param id our own ID, which the broker never sees
 * @param account the trading mode
 * @param symbol the symbol of the underlying
 * @param direction the direction
 * @param stake the stake
 * @param length the duration: whole minutes, or seconds below a minute
 * @param payout the minimum payout in percent of the stake
 * @param decidedAt when the order was decided
 * @param validUntil the time after which it must not be sent
 */
public record OptionOrder(UUID id, TradingMode account, String symbol, Direction direction, BigDecimal stake,
        Duration length, int payout, Instant decidedAt, Instant validUntil) implements BrokerOrder {

    public OptionOrder {
        if (stake.signum() <= 0) {
            throw new IllegalArgumentException("stake must be above 0, not " + stake);
        }
        long seconds = length.toSeconds();
        if (seconds <= 0 || (seconds > 60 && seconds % 60 != 0)) {
            throw new IllegalArgumentException("length must be seconds or whole minutes, not " + length);
        }
        if (payout <= 0 || payout > 1000) {
            throw new IllegalArgumentException("payout must be from 1 to 1000, not " + payout);
        }
        if (validUntil.isBefore(decidedAt)) {
            throw new IllegalArgumentException("valid until %s, before %s".formatted(validUntil, decidedAt));
        }
    }

}
