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
 * A bot on one instrument. Not thread-safe.
 */
public interface BotInstance {

    /**
     * Returns the id of the bot.
     * @return the bot id
     */
    UUID botId();

    /**
     * Returns the instrument that this instance trades.
     * @return the instrument
     */
    Instrument instrument();

    /**
     * Processes a closed minute. Earlier minutes and repetitions are ignored.
     * @param candle the final M1 candle
     * @param context the current transaction
     */
    void onMinuteClosed(Candle candle, TradingContext context);

    /**
     * Processes a price within a minute.
     * @param candle the forming M1 candle
     * @param context the current transaction
     */
    void onPrice(Candle candle, TradingContext context);

    /**
     * Processes the outcome of an order, or the request of the user to close the
     * position.
     * @param order an order that the broker has reported on, or a close request
     * @param context the current transaction
     */
    void onOrderUpdate(Order order, TradingContext context);

    /**
     * Returns whether a price within a minute could cause an action.
     * @param candle the forming M1 candle
     * @return false if the price has no effect
     */
    boolean isInterestedIn(Candle candle);

    /**
     * Returns whether there is an open position, a pending signal or an unfinished order.
     * @return false if the bot can be stopped now
     */
    boolean isBusy();

    /**
     * Cancels pending entries because the bot stops.
     * @param close whether to close the position as well, at the last price or the next
     * one
     * @param context the current transaction
     */
    void stop(boolean close, TradingContext context);

    /**
     * Returns the last minute that this instance processed.
     * @return its open time in epoch milliseconds
     */
    long lastMinute();

    /**
     * Returns the state to store.
     * @return a snapshot of the state
     */
    BotInstanceSnapshot snapshot();

    /**
     * The context of one transaction.
     *
     * @param ledger the ledger changes of the transaction
     * @param opens whether the bot may open positions
     * @param guard the protections of the bot, which know its trades, including those of
     * this transaction
     * @param stale whether the feed lags so much that the bot must not act on its prices
     */
    record TradingContext(LedgerTransaction ledger, boolean opens, ProtectionEngine guard, boolean stale) {

        /**
         * Returns the reason why the bot may not open positions now, with the given
         * message if the price is stale; null if it may.
         */
        @Nullable RiskRejection checkOpen(String staleMessage) {
            if (!this.opens) {
                return new RiskRejection(RiskRejectReason.BOT_STOPPED, "The bot opens nothing any more");
            }
            return this.stale ? new RiskRejection(RiskRejectReason.STALE_PRICE, staleMessage) : null;
        }

        /**
         * Records a closed trade in the ledger and in the protections, so that they
         * consider it in the next decision.
         */
        void recordTrade(ClosedTrade trade) {
            this.ledger.put(trade);
            this.guard.closed(TradeRepository.toClosedTradeInfo(trade));
        }

        /**
         * Returns the rejection of a protection that locks an instrument; null if none
         * does.
         */
        @Nullable RiskRejection checkProtections(Instrument instrument, long time) {
            TradingLock lock = this.guard.lock(instrument.key(), time);
            return (lock != null) ? new RiskRejection(RiskRejectReason.PROTECTION, lock.reason()) : null;
        }

    }

}
