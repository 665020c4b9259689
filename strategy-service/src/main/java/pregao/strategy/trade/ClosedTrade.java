package pregao.strategy.trade;

import java.math.BigDecimal;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Instrument;
import pregao.strategy.order.OrderOwner;
import pregao.strategy.order.Side;

/**
 * A closed position, or an expired option.
 *
 * @param id the id of the order that closed it
 * @param owner the account and the bot
 * @param instrument the instrument
 * @param side the side
 * @param openedAt the time of the entry, in epoch milliseconds
 * @param closedAt the time of the exit, in epoch milliseconds
 * @param entry the entry price; null if it is unknown
 * @param exit the exit price; null if it is unknown
 * @param amount the quantity, or the stake of an option
 * @param level the index of the entry within a cycle; the first is 0
 * @param fees the fees of all fills, in the currency of the account
 * @param profit the profit after fees, in the currency of the account
 * @param worth the notional of the entry, in the currency of the account
 * @param reason the reason code of the exit
 * @param ambiguous whether the candle reached both stop and take, so their order is
 * unknown
 */
public record ClosedTrade(UUID id, OrderOwner owner, Instrument instrument, Side side, long openedAt, long closedAt,
        @Nullable BigDecimal entry, @Nullable BigDecimal exit, BigDecimal amount, int level, BigDecimal fees,
        BigDecimal profit, BigDecimal worth, String reason, boolean ambiguous) {

}
