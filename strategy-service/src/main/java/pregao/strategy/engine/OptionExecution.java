package pregao.strategy.engine;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Instrument;
import pregao.contracts.Prices;
import pregao.market.option.OptionEntry;
import pregao.market.option.OptionSettlement;
import pregao.market.risk.Reservation;
import pregao.strategy.bot.Bot;
import pregao.strategy.bot.TradingPlan;
import pregao.strategy.engine.BotInstance.TradingContext;
import pregao.strategy.ledger.RiskRejection;
import pregao.strategy.order.Fill;
import pregao.strategy.order.OptionTerms;
import pregao.strategy.order.Order;
import pregao.strategy.order.OrderState;
import pregao.strategy.order.PositionEffect;
import pregao.strategy.order.Side;
import pregao.strategy.position.PositionSnapshot;
import pregao.strategy.signal.NameBasedUuid;
import pregao.strategy.trade.ClosedTrade;

/**
 * Executes the option orders of one bot instance. The maximum loss of a whole cycle is
 * reserved before its first entry and released when the cycle ends.
 */
final class OptionExecution {

    /**
     * The time after the start of its candle within which an option may be bought, in
     * milliseconds.
     */
    private static final long ORDER_VALIDITY = 10_000;

    private final Bot bot;

    private final TradingPlan.Option plan;

    private final Instrument instrument;

    private @Nullable Order order;

    private BigDecimal risk;

    OptionExecution(Bot bot, TradingPlan.Option plan, Instrument instrument, @Nullable Order order, BigDecimal risk) {
        this.bot = bot;
        this.plan = plan;
        this.instrument = instrument;
        this.order = order;
        this.risk = risk;
    }

    @Nullable Order order() {
        return this.order;
    }

    BigDecimal risk() {
        return this.risk;
    }

    /** Places an entry if the risk limits allow it. Returns whether it was placed. */
    boolean placeEntry(TradingContext context, OptionEntry entry) {
        Order entryOrder = newOrder(entry);
        RiskRejection rejection = checkEntry(context, entry);
        if (rejection != null) {
            context.ledger().addRejected(entryOrder, rejection);
            return false;
        }
        if (entry.level() == 0) {
            this.risk = entry.risk();
            context.ledger().changeReservation(this.bot.account(), this.risk);
        }
        context.ledger().put(entryOrder);
        this.order = entryOrder;
        if (this.bot.isPaper()) {
            this.order = entryOrder.withFill(OrderState.PLACED, new Fill(null, null, null, null, null, entry.at()));
            context.ledger().put(this.order);
        }
        context.ledger().put(toSnapshot(entry));
        return true;
    }

    /** Records the settlement of an option on paper. */
    void onPaperSettled(TradingContext context, OptionEntry entry, OptionSettlement settlement, long strike, long close,
            long closedAt) {
        Order settledOrder = Objects.requireNonNull(this.order)
            .withFill(OrderState.SETTLED,
                    new Fill(Prices.toDecimal(strike), null, BigDecimal.ZERO, settlement.profit(), null, closedAt));
        context.ledger().put(settledOrder);
        recordClosedPosition(context, entry, settledOrder, settlement, Prices.toDecimal(strike),
                Prices.toDecimal(close), closedAt);
    }

    /** Records the settlement of an option at a broker. */
    void onSettled(TradingContext context, OptionEntry entry, Order settledOrder, OptionSettlement settlement) {
        Fill fill = Objects.requireNonNull(settledOrder.fill());
        recordClosedPosition(context, entry, settledOrder, settlement, fill.price(), null, fill.at());
    }

    private void recordClosedPosition(TradingContext context, OptionEntry entry, Order settledOrder,
            OptionSettlement settlement, @Nullable BigDecimal strike, @Nullable BigDecimal close, long closedAt) {
        context.recordTrade(new ClosedTrade(settledOrder.id(), this.bot.owner(), this.instrument, settledOrder.side(),
                entry.at(), closedAt, strike, close, settledOrder.amount(), entry.level(), BigDecimal.ZERO,
                settlement.profit(), settledOrder.amount(), settlement.result().name().toLowerCase(Locale.ROOT),
                false));
        context.ledger().put(toSnapshot(entry).asClosed());
        // A loss has left the balance, so it is no longer reserved.
        BigDecimal loss = settlement.profit().negate().max(BigDecimal.ZERO).min(this.risk);
        context.ledger().changeReservation(this.bot.account(), loss.negate());
        this.risk = this.risk.subtract(loss);
        this.order = null;
    }

    /** Cancels an option on paper whose candle is missing, and returns its stake. */
    void onMissingCandle(TradingContext context) {
        Order placedOrder = Objects.requireNonNull(this.order);
        context.ledger()
            .put(placedOrder.withState(OrderState.CANCELLED, "no_candle", "The candle it was on is missing"));
        context.ledger().put(toSnapshot(placedOrder).asClosed());
        this.order = null;
    }

    /** Removes the position of an option that the broker rejected or refunded. */
    void onRejected(TradingContext context) {
        Order rejectedOrder = this.order;
        if (rejectedOrder != null) {
            context.ledger().put(toSnapshot(rejectedOrder).asClosed());
        }
        this.order = null;
    }

    /** Releases the reserved amount at the end of the cycle. */
    void releaseRisk(TradingContext context) {
        context.ledger().changeReservation(this.bot.account(), this.risk.negate());
        this.risk = BigDecimal.ZERO;
    }

    private @Nullable RiskRejection checkEntry(TradingContext context, OptionEntry entry) {
        RiskRejection rejection = context.checkOpen("The candle came too late to act on");
        if (rejection != null) {
            return rejection;
        }
        if (entry.level() > 0) {
            // Further levels are already reserved.
            return context.ledger().checkKillSwitch(this.bot.account());
        }
        RiskRejection protectionRejection = context.checkProtections(this.instrument, entry.at());
        Reservation cycle = Reservation.ofCycle(this.plan.options().stakes());
        return (protectionRejection != null) ? protectionRejection
                : context.ledger().check(this.bot.account(), cycle, entry.at());
    }

    private Order newOrder(OptionEntry entry) {
        Long validUntil = this.bot.isPaper() ? null : (Long) (entry.at() + ORDER_VALIDITY);
        int seconds = (int) ((entry.until() - entry.at()) / 1_000);
        return new Order(NameBasedUuid.of(this.bot.id(), this.instrument, entry.at(), "entry" + entry.level()),
                this.bot.owner(), this.instrument, Side.of(entry.direction()), PositionEffect.OPEN, entry.stake(),
                (entry.level() == 0) ? entry.risk() : BigDecimal.ZERO, entry.level(), OrderState.NEW, "", "",
                entry.at(), validUntil, null, new OptionTerms(seconds, this.plan.payout()), null, this.bot.isPaper());
    }

    private PositionSnapshot toSnapshot(OptionEntry entry) {
        return new PositionSnapshot(this.bot.owner(), this.instrument, Side.of(entry.direction()), entry.at(),
                entry.stake(), null, null, null, BigDecimal.ZERO);
    }

    private PositionSnapshot toSnapshot(Order placedOrder) {
        return new PositionSnapshot(this.bot.owner(), this.instrument, placedOrder.side(), placedOrder.decidedAt(),
                placedOrder.amount(), null, null, null, BigDecimal.ZERO);
    }

}
