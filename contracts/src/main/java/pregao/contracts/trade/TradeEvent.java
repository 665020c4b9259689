package pregao.contracts.trade;

import java.math.BigDecimal;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Amounts;
import pregao.contracts.EpochMillis;
import pregao.contracts.Instrument;
import pregao.contracts.LedgerText;

/**
 * A position or an option that is over.
 *
 * @param id the trade's id
 * @param user whose it is
 * @param account in which account
 * @param money {@code paper}, {@code demo} or {@code real}
 * @param bot whose it was; null where a person's
 * @param instrument of what
 * @param side {@code buy}, {@code sell}, {@code call} or {@code put}
 * @param openedAt when it began, epoch milliseconds
 * @param closedAt when it ended, epoch milliseconds
 * @param entry the price at its begin; null where that is not known
 * @param exit the price at its end; null where that is not known
 * @param amount the quantity, or the stake of an option
 * @param level which entry of a cycle, the first is 0
 * @param fees of all fills, in the currency
 * @param profit after fees, in the currency
 * @param reason why it ended
 * @param ambiguous whether stop and take were both reached and nobody knows which first
 * @param event its place in the ledger, from which readers go on
 */
public record TradeEvent(UUID id, UUID user, UUID account, String money, @Nullable UUID bot, Instrument instrument,
        String side, long openedAt, long closedAt, @Nullable BigDecimal entry, @Nullable BigDecimal exit,
        BigDecimal amount, int level, BigDecimal fees, BigDecimal profit, String reason, boolean ambiguous,
        long event) {

    public TradeEvent {
        LedgerText.requireIdentifier(money, "money");
        LedgerText.requireIdentifier(side, "side");
        EpochMillis.checked(openedAt);
        EpochMillis.checked(closedAt);
        entry = (entry != null) ? Amounts.checked(entry, "entry") : null;
        exit = (exit != null) ? Amounts.checked(exit, "exit") : null;
        amount = Amounts.checked(amount, "amount");
        LedgerText.requireGaleLevel(level);
        fees = Amounts.checked(fees, "fees");
        profit = Amounts.checked(profit, "profit");
        LedgerText.requireIdentifier(reason, "reason");
    }

}
