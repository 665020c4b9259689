package pregao.session.broker.api;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * An option that a user wants to buy.
 *
 * @param id ours; the broker never sees it
 * @param account with which money
 * @param symbol on what
 * @param direction which way
 * @param stake how much
 * @param length whole minutes, or seconds below a minute
 * @param payout percent of the stake that it must pay at least
 * @param decidedAt when it was decided
 * @param validUntil after this it must not be sent
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
