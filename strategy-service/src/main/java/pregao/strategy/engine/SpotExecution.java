package pregao.strategy.engine;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Objects;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Instrument;
import pregao.contracts.Prices;
import pregao.market.risk.RiskRejectReason;
import pregao.market.spot.ExitDecision;
import pregao.market.spot.OrderExecutor;
import pregao.market.spot.Position;
import pregao.market.spot.RestingExit;
import pregao.market.spot.SpotStrategyRunner;
import pregao.strategy.bot.Bot;
import pregao.strategy.bot.TradingPlan;
import pregao.strategy.engine.BotInstance.TradingContext;
import pregao.strategy.ledger.RiskRejection;
import pregao.strategy.order.Fill;
import pregao.strategy.order.Order;
import pregao.strategy.order.OrderState;
import pregao.strategy.order.OrderTerms;
import pregao.strategy.order.PositionEffect;
import pregao.strategy.order.Side;
import pregao.strategy.order.SpotTerms;
import pregao.strategy.position.PositionSnapshot;
import pregao.strategy.signal.NameBasedUuid;
import pregao.strategy.trade.ClosedTrade;

/**
 * Executes the spot orders of one bot instance, within the risk limits. Orders become
 * fills on paper or at a broker.
 */
abstract sealed class SpotExecution implements OrderExecutor permits PaperSpotExecution, LiveSpotExecution {

    private final Bot bot;

    private final TradingPlan.Spot plan;

    private final Instrument instrument;

    private @Nullable Order order;

    private BigDecimal risk;

    private @Nullable TradingContext context;

    SpotExecution(Bot bot, TradingPlan.Spot plan, Instrument instrument, @Nullable Order order, BigDecimal risk) {
        this.bot = bot;
        this.plan = plan;
        this.instrument = instrument;
        this.order = order;
        this.risk = risk;
    }

    /** Returns whether orders execute at the price of their decision. */
    abstract boolean executesImmediately();

    /** Returns whether execution pauses after a failed attempt. */
    boolean isBackingOff() {
        return false;
    }

    /** Returns the limit terms of an entry; null if no broker receives it. */
    abstract @Nullable OrderTerms entryTerms(boolean isLong, long price);

    /** Returns the terms of an exit; null for a market order. */
    @Nullable OrderTerms exitTerms() {
        RestingExit resting = restingExit();
        return (resting != null) ? SpotTerms.replacing(resting.id()) : null;
    }

    /** Places a resting exit order at the exchange, if supported. */
    void protect(SpotStrategyRunner trader) {
    }

    /** Returns the exit order that rests at the exchange; null if there is none. */
    @Nullable RestingExit restingExit() {
        return null;
    }

    /** Processes an update of an order at a broker. */
    abstract void onOrderUpdate(Order order, SpotStrategyRunner trader);

    /** Returns the amount to buy; 0 if it is too small or the fill determines it. */
    abstract BigDecimal entryAmount(long price);

    /** Returns whether an amount is too small to be bought, or to be sold at its stop. */
    boolean isTooSmall(BigDecimal amount, long price) {
        return false;
    }

    /** Returns the position that is too small to be sold; null if there is none. */
    @Nullable Position dust() {
        return null;
    }

    /** Returns the latest time to send an order; null if no broker receives it. */
    abstract @Nullable Long validUntil(long decidedAt);

    /** Sets the transaction of the following calls. */
    void setContext(TradingContext context) {
        this.context = context;
    }

    TradingContext context() {
        return Objects.requireNonNull(this.context, "nothing happens outside a transaction");
    }

    Bot bot() {
        return this.bot;
    }

    TradingPlan.Spot plan() {
        return this.plan;
    }

    @Nullable Order order() {
        return this.order;
    }

    void setOrder(@Nullable Order order) {
        this.order = order;
    }

    BigDecimal risk() {
        return this.risk;
    }

    void setRisk(BigDecimal risk) {
        this.risk = risk;
    }

    /**
     * Creates the order for an entry.
     * @return whether the risk limits allow it
     */
    boolean requestOpen(boolean isLong, long decidedAt, long price) {
        BigDecimal money = this.plan.money();
        BigDecimal amount = entryAmount(price);
        RiskRejection rejection = checkEntry(money, isTooSmall(amount, price), decidedAt);
        Order entryOrder = newOrder(NameBasedUuid.of(this.bot.id(), this.instrument, decidedAt, "open"),
                isLong ? Side.BUY : Side.SELL, PositionEffect.OPEN, amount, money, decidedAt, price,
                entryTerms(isLong, price));
        if (rejection != null) {
            context().ledger().addRejected(entryOrder, rejection);
            return false;
        }
        context().ledger().put(entryOrder);
        context().ledger().changeExposure(this.bot.account(), money);
        this.order = entryOrder;
        return true;
    }

    /**
     * Creates the order for an exit, which risk limits never reject.
     * @return true
     */
    boolean requestClose(Position position, long decidedAt, long price) {
        this.order = closingOrder(position, closingAmount(position, price), decidedAt, price, "close");
        context().ledger().put(this.order);
        return true;
    }

    /** Cancels an entry that is not executed yet. */
    void cancelEntry() {
        if (this.order != null && this.order.purpose() == PositionEffect.OPEN) {
            context().ledger().put(this.order.withState(OrderState.CANCELLED, "bot_stopped", "The bot was stopped"));
            context().ledger().changeExposure(this.bot.account(), this.order.risk().negate());
            this.order = null;
        }
    }

    /**
     * Returns the amount of a position that can be sold, which can be less than its
     * quantity because of the lot size of the broker.
     */
    BigDecimal closingAmount(Position position, long price) {
        return Prices.toDecimal(position.quantity());
    }

    Order closingOrder(Position position, BigDecimal amount, long decidedAt, long price, String label) {
        return closingOrder(position, amount, decidedAt, price, label, exitTerms());
    }

    Order closingOrder(Position position, BigDecimal amount, long decidedAt, long price, String label,
            @Nullable OrderTerms terms) {
        return newOrder(NameBasedUuid.of(this.bot.id(), this.instrument, decidedAt, label),
                position.isLong() ? Side.SELL : Side.BUY, PositionEffect.CLOSE, amount, BigDecimal.ZERO, decidedAt,
                price, terms);
    }

    /** Records the open position. */
    void recordPosition(Position position) {
        context().ledger().put(toSnapshot(position));
    }

    /** Records a position that is too small to be sold, without exit prices. */
    void recordDust(Position position) {
        PositionSnapshot snapshot = toSnapshot(position);
        context().ledger()
            .put(new PositionSnapshot(snapshot.owner(), snapshot.instrument(), snapshot.side(), snapshot.openedAt(),
                    snapshot.amount(), snapshot.entry(), null, null, snapshot.fee()));
    }

    /** Records the closed position and its trade. */
    void recordClosedPosition(ClosedTrade trade, Position position) {
        context().recordTrade(trade);
        context().ledger().put(toSnapshot(position).asClosed());
        context().ledger().changeExposure(this.bot.account(), this.risk.negate());
        this.risk = BigDecimal.ZERO;
        this.order = null;
    }

    /** Records a sale and returns the remaining position; null if nothing remains. */
    @Nullable Position recordSale(Order order, Fill fill, Position position, ExitDecision.Reason reason) {
        BigDecimal amount = fillAmount(fill);
        Position remaining = position.without(amount);
        Position sold = position.sold(remaining);
        BigDecimal gain = Prices.toDecimal(fillPrice(fill))
            .subtract(Prices.toDecimal(position.entry()))
            .multiply(amount);
        BigDecimal fees = Prices.toDecimal(sold.fee() + fillFee(fill));
        // Rounded before fees are subtracted, as on paper.
        BigDecimal profit = gain.setScale(Prices.SCALE, RoundingMode.HALF_EVEN).subtract(fees);
        ClosedTrade trade = closedTrade(order, sold, fill.at(), fillPrice(fill), fees, profit, reason, false);
        if (remaining == null) {
            recordClosedPosition(trade, position);
        }
        else {
            context().recordTrade(trade);
        }
        return remaining;
    }

    /** Returns the fill of an order; null if nothing was filled. */
    static @Nullable Fill findFill(Order order) {
        Fill fill = (order.state() == OrderState.FILLED) ? order.fill() : null;
        boolean isEmpty = fill == null || fill.price() == null || fill.amount() == null || fill.amount().signum() == 0;
        return isEmpty ? null : fill;
    }

    static long fillPrice(Fill fill) {
        return Prices.rounded(Objects.requireNonNull(fill.price()));
    }

    static BigDecimal fillAmount(Fill fill) {
        return Objects.requireNonNull(fill.amount());
    }

    static long fillFee(Fill fill) {
        return (fill.fee() != null) ? Prices.rounded(fill.fee()) : 0;
    }

    ClosedTrade closedTrade(Order order, Position position, long closedAt, long exit, BigDecimal fees,
            BigDecimal profit, ExitDecision.Reason reason, boolean ambiguous) {
        return new ClosedTrade(order.id(), this.bot.owner(), this.instrument, position.isLong() ? Side.BUY : Side.SELL,
                position.openedAt(), closedAt, Prices.toDecimal(position.entry()), Prices.toDecimal(exit),
                Prices.toDecimal(position.quantity()), 0, fees, profit, this.risk, toText(reason), ambiguous);
    }

    static String toText(ExitDecision.Reason reason) {
        return reason.name().toLowerCase(java.util.Locale.ROOT);
    }

    private PositionSnapshot toSnapshot(Position position) {
        return new PositionSnapshot(this.bot.owner(), this.instrument, position.isLong() ? Side.BUY : Side.SELL,
                position.openedAt(), Prices.toDecimal(position.quantity()), Prices.toDecimal(position.entry()),
                toPriceOrNull(position.stop()), toPriceOrNull(position.take()), Prices.toDecimal(position.fee()));
    }

    private static @Nullable BigDecimal toPriceOrNull(long price) {
        return (price > 0) ? Prices.toDecimal(price) : null;
    }

    private Order newOrder(UUID id, Side side, PositionEffect purpose, BigDecimal amount, BigDecimal risk,
            long decidedAt, long price, @Nullable OrderTerms terms) {
        return new Order(id, this.bot.owner(), this.instrument, side, purpose, amount, risk, 0, OrderState.NEW, "", "",
                decidedAt, validUntil(decidedAt), (price > 0) ? Prices.toDecimal(price) : null, terms, null,
                this.bot.isPaper());
    }

    private @Nullable RiskRejection checkEntry(BigDecimal money, boolean tooSmall, long time) {
        RiskRejection rejection = context().checkOpen("The price is too old to act on");
        RiskRejection protectionRejection = (rejection != null) ? rejection
                : context().checkProtections(this.instrument, time);
        if (protectionRejection != null) {
            return protectionRejection;
        }
        if (tooSmall) {
            return new RiskRejection(RiskRejectReason.TOO_SMALL,
                    "The broker does not trade so little, or would not at the stop");
        }
        return context().ledger().check(this.bot.account(), this.instrument, money, time);
    }

}
