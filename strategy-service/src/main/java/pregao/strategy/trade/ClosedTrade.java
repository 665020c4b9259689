package pregao.strategy.trade;

import java.math.BigDecimal;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Instrument;
import pregao.strategy.order.OrderOwner;
import pregao.strategy.order.Side;

/**
 * A position or an option that is over.
 *
 * @param id that of the order that ended it
 * @param owner on whose account
 * @param instrument of what
 * @param side which way it went
 * @param openedAt when, epoch milliseconds
 * @param closedAt when, epoch milliseconds
 * @param entry the price at its begin; null where that is not known
 * @param exit the price at its end; null where that is not known
 * @param amount the quantity, or the stake of an option
 * @param level which entry of a cycle, the first is 0
 * @param fees of all fills, in the currency
 * @param profit after fees, in the currency
 * @param worth what was put in, in the currency
 * @param reason why it ended, in a word
 * @param ambiguous whether stop and take were both reached and nobody knows which first
 */
public record ClosedTrade(UUID id, OrderOwner owner, Instrument instrument, Side side, long openedAt, long closedAt,
        @Nullable BigDecimal entry, @Nullable BigDecimal exit, BigDecimal amount, int level, BigDecimal fees,
        BigDecimal profit, BigDecimal worth, String reason, boolean ambiguous) {

}
