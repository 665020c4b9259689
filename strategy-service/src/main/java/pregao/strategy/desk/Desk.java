package pregao.strategy.desk;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Instrument;
import pregao.contracts.candle.Candle;
import pregao.market.protection.Guard;
import pregao.market.protection.Lock;
import pregao.market.risk.Refusal;
import pregao.strategy.ledger.Ledger;
import pregao.strategy.ledger.Refused;
import pregao.strategy.order.Order;
import pregao.strategy.trade.Traded;
import pregao.strategy.trade.Trades;

/**
 * A bot on one instrument. For one thread.
 */
public interface Desk {

    /**
     * Whose it is.
     * @return the bot's id
     */
    UUID bot();

    /**
     * On what.
     * @return the instrument
     */
    Instrument instrument();

    /**
     * Takes a minute that is over, once: earlier ones and repeats are left alone.
     * @param candle final M1
     * @param turn in which it happens
     */
    void minute(Candle candle, Turn turn);

    /**
     * Takes a price within a minute.
     * @param candle forming M1
     * @param turn in which it happens
     */
    void price(Candle candle, Turn turn);

    /**
     * Takes what became of an order, or that its owner wants to close what is held.
     * @param order that has ended, or that is wanted
     * @param turn in which it happens
     */
    void told(Order order, Turn turn);

    /**
     * Whether a price within a minute could matter.
     * @param candle forming M1
     * @return false where nothing would come of it
     */
    boolean heeds(Candle candle);

    /**
     * Whether something is held, wanted or awaited.
     * @return false where the bot could end here
     */
    boolean isBusy();

    /**
     * Calls off what is wanted and not yet done, as the bot stops.
     * @param close whether what is held is closed too, at the last price or the next
     * @param turn in which it happens
     */
    void stop(boolean close, Turn turn);

    /**
     * The last minute that was taken.
     * @return epoch milliseconds
     */
    long lastMinute();

    /**
     * What is to be stored.
     * @return its state
     */
    DeskState state();

    /**
     * One transaction, as a desk sees it.
     *
     * @param ledger what is done
     * @param opens whether the bot may open anything
     * @param guard the bot's protections, which know its trades, those of this
     * transaction included
     * @param stale whether the feed is so far behind that its prices must not be acted on
     */
    record Turn(Ledger ledger, boolean opens, Guard guard, boolean stale) {

        /**
         * Why the bot may open nothing now, said so where it is too late; null where it
         * may.
         */
        @Nullable Refused refuses(String late) {
            if (!this.opens) {
                return new Refused(Refusal.BOT_STOPPED, "The bot opens nothing any more");
            }
            return this.stale ? new Refused(Refusal.STALE_PRICE, late) : null;
        }

        /**
         * Notes a trade that is over: protections know of it before the next decision.
         */
        void put(Traded trade) {
            this.ledger.put(trade);
            this.guard.closed(Trades.closed(trade));
        }

        /** Why a protection keeps an instrument at rest; null where none does. */
        @Nullable Refused rests(Instrument instrument, long at) {
            Lock lock = this.guard.lock(instrument.key(), at);
            return (lock != null) ? new Refused(Refusal.PROTECTION, lock.reason()) : null;
        }

    }

}
