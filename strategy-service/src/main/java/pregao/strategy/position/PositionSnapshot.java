package pregao.strategy.position;

import java.math.BigDecimal;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Instrument;
import pregao.strategy.order.OrderOwner;
import pregao.strategy.order.Side;

/**
 * The state of a position in an instrument.
 *
 * @param owner the account and the bot
 * @param instrument the instrument
 * @param side the side
 * @param openedAt the time of the entry, in epoch milliseconds
 * @param amount the quantity, or the stake of an option; 0 if the position is closed
 * @param entry the entry price; null if it is unknown
 * @param stop the stop price; null for none
 * @param take the take-profit price; null for none
 * @param fee the fee of the entry, in the currency of the account
 */
public record PositionSnapshot(OrderOwner owner, Instrument instrument, Side side, long openedAt, BigDecimal amount,
        @Nullable BigDecimal entry, @Nullable BigDecimal stop, @Nullable BigDecimal take, BigDecimal fee) {

    /**
     * Returns this position as closed.
     * @return the position with an amount of 0
     */
    public PositionSnapshot asClosed() {
        return new PositionSnapshot(this.owner, this.instrument, this.side, this.openedAt, BigDecimal.ZERO, this.entry,
                this.stop, this.take, this.fee);
    }

}
