package pregao.strategy.signal;

import java.util.Map;
import java.util.UUID;

import pregao.contracts.Instrument;

/**
 * What a bot decided at a close.
 *
 * @param id the same decision always has the same
 * @param person whose bot it is
 * @param bot who decided
 * @param instrument on what
 * @param at the close that led to it, epoch milliseconds
 * @param entry when it is to be acted on, epoch milliseconds
 * @param side {@code buy}, {@code sell}, {@code call}, {@code put} or {@code hold}
 * @param reason in words
 * @param inputs what was looked at, in the order of the strategy; empty text where a
 * value is not defined
 */
public record Decision(UUID id, UUID person, UUID bot, Instrument instrument, long at, long entry, String side,
        String reason, Map<String, String> inputs) {

    /** Nothing is to be done. */
    public static final String HOLD = "hold";

    /**
     * Whether something is to be done.
     * @return false to hold
     */
    public boolean isSignal() {
        return !this.side.equals(HOLD);
    }

}
