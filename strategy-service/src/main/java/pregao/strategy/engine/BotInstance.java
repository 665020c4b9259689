package pregao.strategy.engine;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Instrument;
import pregao.contracts.candle.Candle;
import pregao.market.protection.ProtectionEngine;
import pregao.market.protection.TradingLock;
import pregao.market.risk.RiskRejectReason;
import pregao.strategy.ledger.LedgerTransaction;
import pregao.strategy.ledger.RiskRejection;
import pregao.strategy.order.Order;
import pregao.strategy.trade.ClosedTrade;
import pregao.strategy.trade.TradeRepository;

/**
 * A bot on one instrument. For one thread.
 */
public interface BotInstance {

    /**
     * Whose it is.
     * @return the bot's id
     */
    UUID botId();

    /**
     * On what.
     * @return the instrument
     */
    Instrument instrument();

    /**
     * Takes a minute that is over, once: earlier ones and repeats are left alone.
     * @param candle final M1
     * @param context in which it happens
     */
    void onMinuteClosed(Candle candle, TradingContext context);

    /**
     * Takes a price within a minute.
     * @param candle forming M1
     * @param context in which it happens
     */
    void onPrice(Candle candle, TradingContext context);

    /**
     * Takes what became of an order, or that its owner wants to close what is held.
     * @param order that has ended, or that is wanted
     * @param context in which it happens
     */
    void onOrderUpdate(Order order, TradingContext context);

    /**
     * Whether a price within a minute could matter.
     * @param candle forming M1
     * @return false where nothing would come of it
     */
    boolean isInterestedIn(Candle candle);

    /**
     * Whether something is held, wanted or awaited.
     * @return false where the bot could end here
     */
    boolean isBusy();

    /**
     * Calls off what is wanted and not yet done, as the bot stops.
     * @param close whether what is held is closed too, at the last price or the next
     * @param context in which it happens
     */
    void stop(boolean close, TradingContext context);

    /**
     * The last minute that was taken.
     * @return epoch milliseconds
     */
    long lastMinute();

    /**
     * What is to be stored.
     * @return its state
     */
    BotInstanceSnapshot snapshot();

    /**
     * One transaction, as a desk sees it.
     *
     * @param ledger what is done
     * @param opens whether the bot may open anything
     * @param guard the bot's protections, which know its trades, those of this
     * transaction included
     * @param stale whether the feed is so far behind that its prices must not be acted on
     */
    record TradingContext(LedgerTransaction ledger, boolean opens, ProtectionEngine guard, boolean stale) {

        /**
         * Why the bot may open nothing now, said so where it is too late; null where it
         * may.
         */
        @Nullable RiskRejection checkOpen(String staleMessage) {
            if (!this.opens) {
                return new RiskRejection(RiskRejectReason.BOT_STOPPED, "The bot opens nothing any more");
            }
            return this.stale ? new RiskRejection(RiskRejectReason.STALE_PRICE, staleMessage) : null;
        }

        /**
         * Notes a trade that is over: protections know of it before the next decision.
         */
        void recordTrade(ClosedTrade trade) {
            this.ledger.put(trade);
            this.guard.closed(TradeRepository.closed(trade));
        }

        /** Why a protection keeps an instrument at rest; null where none does. */
        @Nullable RiskRejection checkProtections(Instrument instrument, long time) {
            TradingLock lock = this.guard.lock(instrument.key(), time);
            return (lock != null) ? new RiskRejection(RiskRejectReason.PROTECTION, lock.reason()) : null;
        }

    }

}
