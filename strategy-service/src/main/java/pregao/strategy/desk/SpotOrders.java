package pregao.strategy.desk;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Objects;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Instrument;
import pregao.contracts.Price;
import pregao.market.risk.Refusal;
import pregao.market.spot.Exit;
import pregao.market.spot.Fills;
import pregao.market.spot.Position;
import pregao.market.spot.RestingExit;
import pregao.market.spot.Trader;
import pregao.strategy.bot.Bot;
import pregao.strategy.bot.Plan;
import pregao.strategy.desk.Desk.Turn;
import pregao.strategy.ledger.Refused;
import pregao.strategy.order.Filled;
import pregao.strategy.order.Order;
import pregao.strategy.order.OrderState;
import pregao.strategy.order.OrderTerms;
import pregao.strategy.order.Purpose;
import pregao.strategy.order.Side;
import pregao.strategy.order.SpotTerms;
import pregao.strategy.position.Held;
import pregao.strategy.signal.NameId;
import pregao.strategy.trade.Traded;

/**
 * The orders of one desk: what risk allows is wanted, and becomes a fill on paper or at a
 * broker.
 */
abstract sealed class SpotOrders implements Fills permits PaperOrders, BrokerOrders {

    private final Bot bot;

    private final Plan.Spot plan;

    private final Instrument instrument;

    private @Nullable Order order;

    private BigDecimal risk;

    private @Nullable Turn turn;

    SpotOrders(Bot bot, Plan.Spot plan, Instrument instrument, @Nullable Order order, BigDecimal risk) {
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
    void protect(Trader trader) {
    }

    /** What lies at the exchange for what is held; null where nothing does. */
    @Nullable RestingExit resting() {
        return null;
    }

    /** Takes what became of an order at a broker. */
    abstract void told(Order ended, Trader trader);

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
    void turn(Turn now) {
        this.turn = now;
    }

    Turn turn() {
        return Objects.requireNonNull(this.turn, "nothing happens outside a transaction");
    }

    Bot bot() {
        return this.bot;
    }

    Plan.Spot plan() {
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
        Refused refused = refused(money, isTooSmall(amount, price), at);
        Order wanted = order(NameId.of(this.bot.id(), this.instrument, at, "open"), isLong ? Side.BUY : Side.SELL,
                Purpose.OPEN, amount, money, at, price, entry(isLong, price));
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
        if (this.order != null && this.order.purpose() == Purpose.OPEN) {
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
        return Price.toDecimal(position.quantity());
    }

    Order closing(Position position, BigDecimal amount, long at, long price, String leg) {
        return closing(position, amount, at, price, leg, exit());
    }

    Order closing(Position position, BigDecimal amount, long at, long price, String leg, @Nullable OrderTerms terms) {
        return order(NameId.of(this.bot.id(), this.instrument, at, leg), position.isLong() ? Side.SELL : Side.BUY,
                Purpose.CLOSE, amount, BigDecimal.ZERO, at, price, terms);
    }

    /** Notes what is held from now on. */
    void holds(Position position) {
        turn().ledger().put(held(position));
    }

    /** Notes what is held and cannot be sold by itself: nothing gives it up. */
    void holdsDust(Position position) {
        Held held = held(position);
        turn().ledger()
            .put(new Held(held.owner(), held.instrument(), held.side(), held.openedAt(), held.amount(), held.entry(),
                    null, null, held.fee()));
    }

    /** Notes that a position is over, and what it brought. */
    void over(Traded trade, Position position) {
        turn().put(trade);
        turn().ledger().put(held(position).over());
        turn().ledger().risk(this.bot.account(), this.risk.negate());
        this.risk = BigDecimal.ZERO;
        this.order = null;
    }

    /** Books what was sold; null where nothing is left. */
    @Nullable Position sold(Order ended, Filled fill, Position position, Exit.Reason reason) {
        BigDecimal amount = amount(fill);
        Position rest = position.without(amount);
        Position sold = position.sold(rest);
        BigDecimal gain = Price.toDecimal(price(fill)).subtract(Price.toDecimal(position.entry())).multiply(amount);
        BigDecimal fees = Price.toDecimal(sold.fee() + fee(fill));
        // Rounded before fees are taken, as on paper.
        BigDecimal profit = gain.setScale(Price.SCALE, RoundingMode.HALF_EVEN).subtract(fees);
        Traded traded = traded(ended, sold, fill.at(), price(fill), fees, profit, reason, false);
        if (rest == null) {
            over(traded, position);
        }
        else {
            turn().put(traded);
        }
        return rest;
    }

    /** How an order was done; null where nothing of it was. */
    static @Nullable Filled filled(Order ended) {
        Filled fill = (ended.state() == OrderState.FILLED) ? ended.fill() : null;
        boolean none = fill == null || fill.price() == null || fill.amount() == null || fill.amount().signum() == 0;
        return none ? null : fill;
    }

    static long price(Filled fill) {
        return Price.rounded(Objects.requireNonNull(fill.price()));
    }

    static BigDecimal amount(Filled fill) {
        return Objects.requireNonNull(fill.amount());
    }

    static long fee(Filled fill) {
        return (fill.fee() != null) ? Price.rounded(fill.fee()) : 0;
    }

    Traded traded(Order ended, Position position, long closedAt, long exit, BigDecimal fees, BigDecimal profit,
            Exit.Reason reason, boolean ambiguous) {
        return new Traded(ended.id(), this.bot.owner(), this.instrument, position.isLong() ? Side.BUY : Side.SELL,
                position.openedAt(), closedAt, Price.toDecimal(position.entry()), Price.toDecimal(exit),
                Price.toDecimal(position.quantity()), 0, fees, profit, this.risk, text(reason), ambiguous);
    }

    static String text(Exit.Reason reason) {
        return reason.name().toLowerCase(java.util.Locale.ROOT);
    }

    private Held held(Position position) {
        return new Held(this.bot.owner(), this.instrument, position.isLong() ? Side.BUY : Side.SELL,
                position.openedAt(), Price.toDecimal(position.quantity()), Price.toDecimal(position.entry()),
                level(position.stop()), level(position.take()), Price.toDecimal(position.fee()));
    }

    private static @Nullable BigDecimal level(long price) {
        return (price > 0) ? Price.toDecimal(price) : null;
    }

    private Order order(UUID id, Side side, Purpose purpose, BigDecimal amount, BigDecimal putAtRisk, long at,
            long price, @Nullable OrderTerms terms) {
        return new Order(id, this.bot.owner(), this.instrument, side, purpose, amount, putAtRisk, 0, OrderState.NEW, "",
                "", at, validUntil(at), (price > 0) ? Price.toDecimal(price) : null, terms, null, this.bot.isPaper());
    }

    private @Nullable Refused refused(BigDecimal money, boolean tooSmall, long at) {
        Refused now = turn().refuses("The price is too old to act on");
        Refused resting = (now != null) ? now : turn().rests(this.instrument, at);
        if (resting != null) {
            return resting;
        }
        if (tooSmall) {
            return new Refused(Refusal.TOO_SMALL, "The broker does not trade so little, or would not at the stop");
        }
        return turn().ledger().refuses(this.bot.account(), this.instrument, money, at);
    }

}
