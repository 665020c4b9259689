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

    private @Nullable TradingContext turn;

    SpotExecution(Bot bot, TradingPlan.Spot plan, Instrument instrument, @Nullable Order order, BigDecimal risk) {
        this.bot = bot;
        this.plan = plan;
        this.instrument = instrument;
        this.order = order;
        this.risk = risk;
    }

    /** Whether an order is acted on before the next price comes. */
    abstract boolean actsAtOnce();

    /** Whether nothing is tried for a while, as something was in vain. */
    boolean isResting() {
        return false;
    }

    /** At which price an entry is filled at worst; null where it is not sent. */
    abstract @Nullable OrderTerms entry(boolean isLong, long price);

    /** What a sale asks for; null for the price of the market. */
    @Nullable OrderTerms exit() {
        RestingExit resting = resting();
        return (resting != null) ? SpotTerms.after(resting.id()) : null;
    }

    /** Has what is held looked after by the exchange too, where that can be. */
    void protect(SpotStrategyRunner trader) {
    }

    /** What lies at the exchange for what is held; null where nothing does. */
    @Nullable RestingExit resting() {
        return null;
    }

    /** Takes what became of an order at a broker. */
    abstract void told(Order ended, SpotStrategyRunner trader);

    /** How much is bought for the money; 0 where that is too little. */
    abstract BigDecimal amount(long price);

    /** Whether so little cannot be traded, or could not be once the stop is reached. */
    boolean isTooSmall(BigDecimal amount, long price) {
        return false;
    }

    /** What is held and is too little to be sold by itself; null where nothing is. */
    @Nullable Position dust() {
        return null;
    }

    /** Until when an order may be sent; null where it is not sent at all. */
    abstract @Nullable Long validUntil(long at);

    /** In which transaction the following happens. */
    void turn(TradingContext now) {
        this.turn = now;
    }

    TradingContext turn() {
        return Objects.requireNonNull(this.turn, "nothing happens outside a transaction");
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

    void order(@Nullable Order next) {
        this.order = next;
    }

    BigDecimal risk() {
        return this.risk;
    }

    void risk(BigDecimal next) {
        this.risk = next;
    }

    /**
     * Wants a position.
     * @return whether risk allows it
     */
    boolean wantOpen(boolean isLong, long at, long price) {
        BigDecimal money = this.plan.money();
        BigDecimal amount = amount(price);
        RiskRejection refused = refused(money, isTooSmall(amount, price), at);
        Order wanted = order(NameBasedUuid.of(this.bot.id(), this.instrument, at, "open"),
                isLong ? Side.BUY : Side.SELL, PositionEffect.OPEN, amount, money, at, price, entry(isLong, price));
        if (refused != null) {
            turn().ledger().refuse(wanted, refused);
            return false;
        }
        turn().ledger().put(wanted);
        turn().ledger().risk(this.bot.account(), money);
        this.order = wanted;
        return true;
    }

    /**
     * Wants a position to be closed, which is always allowed.
     * @return true
     */
    boolean wantClose(Position position, long at, long price) {
        this.order = closing(position, closingAmount(position, price), at, price, "close");
        turn().ledger().put(this.order);
        return true;
    }

    /** Takes back what was wanted and not yet done. */
    void callOff() {
        if (this.order != null && this.order.purpose() == PositionEffect.OPEN) {
            turn().ledger().put(this.order.became(OrderState.CANCELLED, "bot_stopped", "The bot was stopped"));
            turn().ledger().risk(this.bot.account(), this.order.risk().negate());
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

    Order closing(Position position, BigDecimal amount, long at, long price, String leg) {
        return closing(position, amount, at, price, leg, exit());
    }

    Order closing(Position position, BigDecimal amount, long at, long price, String leg, @Nullable OrderTerms terms) {
        return order(NameBasedUuid.of(this.bot.id(), this.instrument, at, leg),
                position.isLong() ? Side.SELL : Side.BUY, PositionEffect.CLOSE, amount, BigDecimal.ZERO, at, price,
                terms);
    }

    /** Notes what is held from now on. */
    void holds(Position position) {
        turn().ledger().put(held(position));
    }

    /** Notes what is held and cannot be sold by itself: nothing gives it up. */
    void holdsDust(Position position) {
        PositionSnapshot held = held(position);
        turn().ledger()
            .put(new PositionSnapshot(held.owner(), held.instrument(), held.side(), held.openedAt(), held.amount(),
                    held.entry(), null, null, held.fee()));
    }

    /** Notes that a position is over, and what it brought. */
    void over(ClosedTrade trade, Position position) {
        turn().put(trade);
        turn().ledger().put(held(position).over());
        turn().ledger().risk(this.bot.account(), this.risk.negate());
        this.risk = BigDecimal.ZERO;
        this.order = null;
    }

    /** Books what was sold; null where nothing is left. */
    @Nullable Position sold(Order ended, Fill fill, Position position, ExitDecision.Reason reason) {
        BigDecimal amount = amount(fill);
        Position rest = position.without(amount);
        Position sold = position.sold(rest);
        BigDecimal gain = Prices.toDecimal(price(fill)).subtract(Prices.toDecimal(position.entry())).multiply(amount);
        BigDecimal fees = Prices.toDecimal(sold.fee() + fee(fill));
        // Rounded before fees are taken, as on paper.
        BigDecimal profit = gain.setScale(Prices.SCALE, RoundingMode.HALF_EVEN).subtract(fees);
        ClosedTrade traded = traded(ended, sold, fill.at(), price(fill), fees, profit, reason, false);
        if (rest == null) {
            over(traded, position);
        }
        else {
            turn().put(traded);
        }
        return rest;
    }

    /** How an order was done; null where nothing of it was. */
    static @Nullable Fill filled(Order ended) {
        Fill fill = (ended.state() == OrderState.FILLED) ? ended.fill() : null;
        boolean none = fill == null || fill.price() == null || fill.amount() == null || fill.amount().signum() == 0;
        return none ? null : fill;
    }

    static long price(Fill fill) {
        return Prices.rounded(Objects.requireNonNull(fill.price()));
    }

    static BigDecimal amount(Fill fill) {
        return Objects.requireNonNull(fill.amount());
    }

    static long fee(Fill fill) {
        return (fill.fee() != null) ? Prices.rounded(fill.fee()) : 0;
    }

    ClosedTrade traded(Order ended, Position position, long closedAt, long exit, BigDecimal fees, BigDecimal profit,
            ExitDecision.Reason reason, boolean ambiguous) {
        return new ClosedTrade(ended.id(), this.bot.owner(), this.instrument, position.isLong() ? Side.BUY : Side.SELL,
                position.openedAt(), closedAt, Prices.toDecimal(position.entry()), Prices.toDecimal(exit),
                Prices.toDecimal(position.quantity()), 0, fees, profit, this.risk, text(reason), ambiguous);
    }

    static String text(ExitDecision.Reason reason) {
        return reason.name().toLowerCase(java.util.Locale.ROOT);
    }

    private PositionSnapshot held(Position position) {
        return new PositionSnapshot(this.bot.owner(), this.instrument, position.isLong() ? Side.BUY : Side.SELL,
                position.openedAt(), Prices.toDecimal(position.quantity()), Prices.toDecimal(position.entry()),
                level(position.stop()), level(position.take()), Prices.toDecimal(position.fee()));
    }

    private static @Nullable BigDecimal level(long price) {
        return (price > 0) ? Prices.toDecimal(price) : null;
    }

    private Order order(UUID id, Side side, PositionEffect purpose, BigDecimal amount, BigDecimal putAtRisk, long at,
            long price, @Nullable OrderTerms terms) {
        return new Order(id, this.bot.owner(), this.instrument, side, purpose, amount, putAtRisk, 0, OrderState.NEW, "",
                "", at, validUntil(at), (price > 0) ? Prices.toDecimal(price) : null, terms, null, this.bot.isPaper());
    }

    private @Nullable RiskRejection refused(BigDecimal money, boolean tooSmall, long at) {
        RiskRejection now = turn().refuses("The price is too old to act on");
        RiskRejection resting = (now != null) ? now : turn().rests(this.instrument, at);
        if (resting != null) {
            return resting;
        }
        if (tooSmall) {
            return new RiskRejection(RiskRejectReason.TOO_SMALL,
                    "The broker does not trade so little, or would not at the stop");
        }
        return turn().ledger().refuses(this.bot.account(), this.instrument, money, at);
    }

}
