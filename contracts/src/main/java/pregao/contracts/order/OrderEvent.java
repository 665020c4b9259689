package pregao.contracts.order;

import java.math.BigDecimal;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Amounts;
import pregao.contracts.EpochMillis;
import pregao.contracts.Instrument;
import pregao.contracts.LedgerText;

/**
 * What happened to an order.
 *
 * @param id the order's id
 * @param user whose it is
 * @param account from which account
 * @param money {@code paper}, {@code demo} or {@code real}
 * @param bot whose decision it was; null where a person's
 * @param instrument of what
 * @param side {@code buy}, {@code sell}, {@code call} or {@code put}
 * @param amount the quantity, or the stake of an option
 * @param level which entry of a cycle, the first is 0
 * @param state what became of it so far
 * @param reason why, in words; may be empty
 * @param price at which it was filled; null where that is not known
 * @param profit what an option brought; null before
 * @param at when this happened, epoch milliseconds
 * @param event its place in the ledger, from which readers go on
 */
public record OrderEvent(UUID id, UUID user, UUID account, String money, @Nullable UUID bot, Instrument instrument,
        String side, BigDecimal amount, int level, String state, String reason, @Nullable BigDecimal price,
        @Nullable BigDecimal profit, long at, long event) {

    public OrderEvent {
        LedgerText.requireIdentifier(money, "money");
        LedgerText.requireIdentifier(side, "side");
        amount = Amounts.checked(amount, "amount");
        LedgerText.requireGaleLevel(level);
        LedgerText.requireIdentifier(state, "state");
        LedgerText.requireMaxLength(reason, "reason");
        price = (price != null) ? Amounts.checked(price, "price") : null;
        profit = (profit != null) ? Amounts.checked(profit, "profit") : null;
        EpochMillis.checked(at);
    }

}
