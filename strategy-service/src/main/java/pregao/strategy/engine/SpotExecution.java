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
 * The orders of one desk: what risk allows is wanted, and becomes a fill on paper or at a
 * broker.
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

    /** Whether an order is acted on before the next price comes. */
    abstract boolean executesImmediately();

    /** Whether nothing is tried for a while, as something was in vain. */
    boolean isBackingOff() {
        return false;
    }

    /** At which price an entry is filled at worst; null where it is not sent. */
    abstract @Nullable OrderTerms entryTerms(boolean isLong, long price);

    /** What a sale asks for; null for the price of the market. */
    @Nullable OrderTerms exitTerms() {
        RestingExit resting = restingExit();
        return (resting != null) ? SpotTerms.after(resting.id()) : null;
    }

    /** Has what is held looked after by the exchange too, where that can be. */
    void protect(SpotStrategyRunner trader) {
    }

    /** What lies at the exchange for what is held; null where nothing does. */
    @Nullable RestingExit restingExit() {
        return null;
    }

    /** Takes what became of an order at a broker. */
    abstract void onOrderUpdate(Order order, SpotStrategyRunner trader);

    /** How much is bought for the money; 0 where that is too little. */
    abstract BigDecimal entryAmount(long price);

    /** Whether so little cannot be traded, or could not be once the stop is reached. */
    boolean isTooSmall(BigDecimal amount, long price) {
        return false;
    }

    /** What is held and is too little to be sold by itself; null where nothing is. */
    @Nullable Position dust() {
        return null;
    }

    /** Until when an order may be sent; null where it is not sent at all. */
    abstract @Nullable Long validUntil(long decidedAt);

    /** In which transaction the following happens. */
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
     * Wants a position.
     * @return whether risk allows it
     */
    boolean requestOpen(boolean isLong, long decidedAt, long price) {
        BigDecimal money = this.plan.money();
        BigDecimal amount = entryAmount(price);
        RiskRejection rejection = checkEntry(money, isTooSmall(amount, price), decidedAt);
        Order entryOrder = newOrder(NameBasedUuid.of(this.bot.id(), this.instrument, decidedAt, "open"),
                isLong ? Side.BUY : Side.SELL, PositionEffect.OPEN, amount, money, decidedAt, price, entryTerms(isLong, price));
        if (rejection != null) {
            context().ledger().refuse(entryOrder, rejection);
            return false;
        }
        context().ledger().put(entryOrder);
        context().ledger().risk(this.bot.account(), money);
        this.order = entryOrder;
        return true;
    }

    /**
     * Wants a position to be closed, which is always allowed.
     * @return true
     */
    boolean requestClose(Position position, long decidedAt, long price) {
        this.order = closingOrder(position, closingAmount(position, price), decidedAt, price, "close");
        context().ledger().put(this.order);
        return true;
    }

    /** Takes back what was wanted and not yet done. */
    void cancelEntry() {
        if (this.order != null && this.order.purpose() == PositionEffect.OPEN) {
            context().ledger().put(this.order.became(OrderState.CANCELLED, "bot_stopped", "The bot was stopped"));
            context().ledger().risk(this.bot.account(), this.order.risk().negate());
            this.order = null;
        }
    }

    /**
     * How much of a position is sold; less than it where a broker does not trade the
     * rest.
     */
    BigDecimal closingAmount(Position position, long price) {
        return Prices.toDecimal(position.quantity());
    }

    Order closingOrder(Position position, BigDecimal amount, long decidedAt, long price, String label) {
        return closingOrder(position, amount, decidedAt, price, label, exitTerms());
    }

    Order closingOrder(Position position, BigDecimal amount, long decidedAt, long price, String label, @Nullable OrderTerms terms) {
        return newOrder(NameBasedUuid.of(this.bot.id(), this.instrument, decidedAt, label),
                position.isLong() ? Side.SELL : Side.BUY, PositionEffect.CLOSE, amount, BigDecimal.ZERO, decidedAt, price,
                terms);
    }

    /** Notes what is held from now on. */
    void recordPosition(Position position) {
        context().ledger().put(toSnapshot(position));
    }

    /** Notes what is held and cannot be sold by itself: nothing gives it up. */
    void recordDust(Position position) {
        PositionSnapshot snapshot = toSnapshot(position);
        context().ledger()
            .put(new PositionSnapshot(snapshot.owner(), snapshot.instrument(), snapshot.side(), snapshot.openedAt(), snapshot.amount(),
                    snapshot.entry(), null, null, snapshot.fee()));
    }

    /** Notes that a position is over, and what it brought. */
    void recordClosedPosition(ClosedTrade trade, Position position) {
        context().recordTrade(trade);
        context().ledger().put(toSnapshot(position).over());
        context().ledger().risk(this.bot.account(), this.risk.negate());
        this.risk = BigDecimal.ZERO;
        this.order = null;
    }

    /** Books what was sold; null where nothing is left. */
    @Nullable Position recordSale(Order order, Fill fill, Position position, ExitDecision.Reason reason) {
        BigDecimal amount = fillAmount(fill);
        Position remaining = position.without(amount);
        Position sold = position.sold(remaining);
        BigDecimal gain = Prices.toDecimal(fillPrice(fill)).subtract(Prices.toDecimal(position.entry())).multiply(amount);
        BigDecimal fees = Prices.toDecimal(sold.fee() + fillFee(fill));
        // Rounded before fees are taken, as on paper.
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

    /** How an order was done; null where nothing of it was. */
    static @Nullable Fill findFill(Order order) {
        Fill fill = (order.state() == OrderState.FILLED) ? order.fill() : null;
        boolean isUnfilled = fill == null || fill.price() == null || fill.amount() == null || fill.amount().signum() == 0;
        return isUnfilled ? null : fill;
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

    ClosedTrade closedTrade(Order order, Position position, long closedAt, long exit, BigDecimal fees, BigDecimal profit,
            ExitDecision.Reason reason, boolean ambiguous) {
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

    private Order newOrder(UUID id, Side side, PositionEffect purpose, BigDecimal amount, BigDecimal risk, long decidedAt,
            long price, @Nullable OrderTerms terms) {
        return new Order(id, this.bot.owner(), this.instrument, side, purpose, amount, risk, 0, OrderState.NEW, "",
                "", decidedAt, validUntil(decidedAt), (price > 0) ? Prices.toDecimal(price) : null, terms, null, this.bot.isPaper());
    }

    private @Nullable RiskRejection checkEntry(BigDecimal money, boolean tooSmall, long time) {
        RiskRejection rejection = context().checkOpen("The price is too old to act on");
        RiskRejection protectionRejection = (rejection != null) ? rejection : context().checkProtections(this.instrument, time);
        if (protectionRejection != null) {
            return protectionRejection;
        }
        if (tooSmall) {
            return new RiskRejection(RiskRejectReason.TOO_SMALL,
                    "The broker does not trade so little, or would not at the stop");
        }
        return context().ledger().refuses(this.bot.account(), this.instrument, money, time);
    }

}
