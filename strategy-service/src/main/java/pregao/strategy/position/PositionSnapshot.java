package pregao.strategy.position;

import java.math.BigDecimal;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Instrument;
import pregao.strategy.order.OrderOwner;
import pregao.strategy.order.Side;

/**
 * What is held of an instrument on somebody's account.
 *
 * @param owner on whose account
 * @param instrument of what
 * @param side which way
 * @param openedAt since when, epoch milliseconds
 * @param amount the quantity, or the stake of an option; 0 where nothing is held any more
 * @param entry the price at its begin; null where that is not known
 * @param stop the price at which it is given up; null where there is none
 * @param take the price that is enough; null where there is none
 * @param fee what getting it cost, in the currency
 */
public record PositionSnapshot(OrderOwner owner, Instrument instrument, Side side, long openedAt, BigDecimal amount,
        @Nullable BigDecimal entry, @Nullable BigDecimal stop, @Nullable BigDecimal take, BigDecimal fee) {

    /**
     * The same, over.
     * @return nothing held
     */
    public PositionSnapshot asClosed() {
        return new PositionSnapshot(this.owner, this.instrument, this.side, this.openedAt, BigDecimal.ZERO, this.entry,
                this.stop, this.take, this.fee);
    }

}
