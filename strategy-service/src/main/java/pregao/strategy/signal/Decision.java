package pregao.strategy.signal;

import java.util.Map;
import java.util.UUID;

import pregao.contracts.Instrument;

/**
 * A decision of a bot at the close of a candle.
 *
 * @param id the id; the same decision always has the same id
 * @param person the id of the user who owns the bot
 * @param bot the id of the bot
 * @param instrument the instrument
 * @param at the close time of the candle, in epoch milliseconds
 * @param entry the time to act on the decision, in epoch milliseconds
 * @param side {@code buy}, {@code sell}, {@code call}, {@code put} or {@code hold}
 * @param reason the explanation
 * @param inputs the values that the strategy used, in its order; an empty text if a value
 * is undefined
 */
public record Decision(UUID id, UUID person, UUID bot, Instrument instrument, long at, long entry, String side,
        String reason, Map<String, String> inputs) {

    /** The side of a decision to do nothing. */
    public static final String HOLD = "hold";

    /**
     * Returns whether the decision is to act.
     * @return false for a decision to hold
     */
    public boolean isSignal() {
        return !this.side.equals(HOLD);
    }

}
