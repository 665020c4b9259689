package pregao.contracts.position;

import java.math.BigDecimal;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Amounts;
import pregao.contracts.EpochMillis;
import pregao.contracts.Instrument;
import pregao.contracts.LedgerText;

/**
 * What is held now.
 *
 * @param user whose it is
 * @param account in which account
 * @param money {@code paper}, {@code demo} or {@code real}
 * @param bot whose it is; null where a person's
 * @param instrument of what
 * @param side {@code buy}, {@code sell}, {@code call} or {@code put}
 * @param openedAt since when, epoch milliseconds
 * @param amount how much; 0 where it is over
 * @param entry the price at its begin; null where that is not known
 * @param stop the price at which it is given up; null where there is none
 * @param take the price that is enough; null where there is none
 * @param at when this was so, epoch milliseconds
 * @param event its place in the ledger, from which readers go on
 */
public record PositionEvent(UUID user, UUID account, String money, @Nullable UUID bot, Instrument instrument,
        String side, long openedAt, BigDecimal amount, @Nullable BigDecimal entry, @Nullable BigDecimal stop,
        @Nullable BigDecimal take, long at, long event) {

    public PositionEvent {
        LedgerText.requireIdentifier(money, "money");
        LedgerText.requireIdentifier(side, "side");
        EpochMillis.checked(openedAt);
        amount = Amounts.checked(amount, "amount");
        entry = (entry != null) ? Amounts.checked(entry, "entry") : null;
        stop = (stop != null) ? Amounts.checked(stop, "stop") : null;
        take = (take != null) ? Amounts.checked(take, "take") : null;
        EpochMillis.checked(at);
    }

}
