package pregao.contracts.signal;

import java.util.List;
import java.util.UUID;

import pregao.contracts.EpochMillis;
import pregao.contracts.Instrument;
import pregao.contracts.LedgerText;

/**
 * A strategy's decision, with its reason and what it looked at.
 *
 * @param id the decision's id
 * @param user whose strategy it is
 * @param origin {@code bot} or {@code catalog}
 * @param source the bot's or the analysis's id
 * @param instrument on what
 * @param side {@code buy}, {@code sell}, {@code call} or {@code put}
 * @param at when it was decided: the close that led to it, epoch milliseconds
 * @param entry when it is to be acted on, epoch milliseconds
 * @param reason in words; may be empty
 * @param inputs what was looked at, by name, in the order of the strategy
 * @param event its place in the ledger, from which readers go on
 */
public record SignalEvent(UUID id, UUID user, String origin, UUID source, Instrument instrument, String side, long at,
        long entry, String reason, List<Input> inputs, long event) {

    public SignalEvent {
        LedgerText.requireIdentifier(origin, "origin");
        LedgerText.requireIdentifier(side, "side");
        EpochMillis.checked(at);
        EpochMillis.checked(entry);
        LedgerText.requireMaxLength(reason, "reason");
        inputs = List.copyOf(inputs);
    }

    /**
     * One thing that was looked at.
     *
     * @param name such as {@code rsi}
     * @param value a number, or empty where it is not defined
     */
    public record Input(String name, String value) {

        public Input {
            LedgerText.requireIdentifier(name, "name");
            LedgerText.requireMaxLength(value, "value");
        }

    }

}
