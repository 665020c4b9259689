package pregao.strategy.desk;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Instrument;
import pregao.contracts.Price;
import pregao.market.risk.Refusal;
import pregao.market.spot.Exit;
import pregao.market.spot.Position;
import pregao.market.spot.Trader;
import pregao.strategy.bot.Bot;
import pregao.strategy.bot.Lot;
import pregao.strategy.bot.Plan;
import pregao.strategy.ledger.Refused;
import pregao.strategy.order.Filled;
import pregao.strategy.order.Order;
import pregao.strategy.order.OrderState;
import pregao.strategy.order.OrderTerms;
import pregao.strategy.order.Purpose;
import pregao.strategy.order.SpotTerms;
import pregao.strategy.trade.Traded;

/**
 * Orders at a broker: sent once the transaction is through, and told when they have
 * ended.
 */
final class BrokerOrders extends SpotOrders {

    /** So long after its decision an order may be sent. */
    private static final long VALID = 5_000;

    /** So long after a first order in vain the next one is tried; then twice as long. */
    private static final long REST = 2_000;

    /** So often the rest is doubled. */
    private static final int DOUBLED = 5;

    private static final Refused DUST = new Refused(Refusal.TOO_SMALL,
            "The broker does not trade so little: it is kept, and sold with what is bought next");

    private final Instrument instrument;

    private @Nullable Position dust;

    private long restUntil = Long.MIN_VALUE;

    /** So many orders to close were in vain, one after the other. */
    private int vain;

    BrokerOrders(Bot bot, Plan.Spot plan, Instrument instrument, @Nullable Order order, BigDecimal risk,
            @Nullable Position dust) {
        super(bot, plan, instrument, order, risk);
        this.instrument = instrument;
        this.dust = dust;
    }

    @Override
    boolean isResting() {
        return turn().ledger().now().toEpochMilli() < this.restUntil;
    }

    @Override
    boolean actsAtOnce() {
        return true;
    }

    @Override
    BigDecimal amount(long price) {
        Lot lot = plan().lots().get(this.instrument.symbol());
        if (lot == null || price <= 0) {
            return BigDecimal.ZERO;
        }
        BigDecimal at = Price.toDecimal(price);
        return lot.of(plan().money().divide(at, Price.SCALE, RoundingMode.DOWN), at);
    }

    @Override
    @Nullable OrderTerms entry(boolean isLong, long price) {
        return (price > 0) ? new SpotTerms(Price.toDecimal(plan().costs().limit(price, isLong))) : null;
    }

    @Override
    boolean isTooSmall(BigDecimal amount, long price) {
        Lot lot = plan().lots().get(this.instrument.symbol());
        return amount.signum() == 0 || lot == null
                || !lot.canBeStopped(amount, Price.toDecimal(price), plan().strategy().stop());
    }

    @Override
    @Nullable Position dust() {
        return this.dust;
    }

    @Override
    BigDecimal closingAmount(Position position, long price) {
        Lot lot = plan().lots().get(this.instrument.symbol());
        BigDecimal held = Price.toDecimal(position.quantity());
        return (lot != null) ? lot.of(held, Price.toDecimal(price)) : held;
    }

    @Override
    @Nullable Long validUntil(long at) {
        return Math.max(at, turn().ledger().now().toEpochMilli()) + VALID;
    }

    @Override
    public Opening open(boolean isLong, long time, long price) {
        Objects.requireNonNull(order(), "nothing is opened that was not wanted");
        return Opening.AWAITED; // it is sent after the transaction
    }

    @Override
    boolean wantClose(Position position, long at, long price) {
        // What cannot be sold is not ordered: it is set aside as it is closed.
        return closingAmount(position, price).signum() == 0 || super.wantClose(position, at, price);
    }

    @Override
    public boolean close(Position position, long time, Exit exit) {
        if (order() == null) {
            long now = turn().ledger().now().toEpochMilli();
            BigDecimal amount = closingAmount(position, exit.price());
            if (amount.signum() == 0) {
                Order vain = closing(position, Price.toDecimal(position.quantity()), now, exit.price(),
                        text(exit.reason()));
                turn().ledger().refuse(vain, DUST);
                setAside(position);
                return true;
            }
            Order wanted = closing(position, amount, now, exit.price(), text(exit.reason()));
            String again = (this.vain > 0) ? "Tried again: orders in vain so far: " + this.vain : "";
            order(wanted.became(OrderState.NEW, text(exit.reason()), again));
            turn().ledger().put(Objects.requireNonNull(order()));
        }
        return false;
    }

    @Override
    void told(Order ended, Trader trader) {
        Order awaited = order();
        if (awaited == null || !awaited.id().equals(ended.id())) {
            turn().ledger().told(ended);
            return;
        }
        turn().ledger().told(ended);
        if (ended.state() == OrderState.AMBIGUOUS) {
            return; // a person must look first; the bot is halted
        }
        order(null);
        Filled fill = (ended.state() == OrderState.FILLED) ? ended.fill() : null;
        if (ended.purpose() == Purpose.OPEN) {
            opened(ended, fill, trader);
        }
        else {
            closed(ended, fill, trader);
        }
    }

    private void opened(Order ended, @Nullable Filled fill, Trader trader) {
        if (fill == null || fill.amount() == null || fill.price() == null || fill.amount().signum() == 0) {
            turn().ledger().risk(bot().account(), ended.risk().negate());
            trader.told(null);
            return;
        }
        BigDecimal take = plan().strategy().take();
        Position bought = Position.filled(true, fill.at(), Price.rounded(fill.price()), Price.of(fill.amount()),
                fee(fill), Price.of(plan().strategy().stop()), (take != null) ? Price.of(take) : 0);
        Position position = (this.dust != null) ? together(this.dust, bought) : bought;
        this.dust = null;
        risk(risk().add(ended.risk()));
        holds(position);
        trader.told(position);
    }

    private void closed(Order ended, @Nullable Filled fill, Trader trader) {
        Position position = Objects.requireNonNull(trader.position(), "what is closed was open");
        if (fill == null || fill.amount() == null || fill.price() == null || fill.amount().signum() == 0) {
            this.restUntil = turn().ledger().now().toEpochMilli() + (REST << Math.min(this.vain, DOUBLED));
            this.vain++;
            trader.told(position); // it is still held, and still to be closed
            return;
        }
        this.vain = 0;
        Position rest = rest(position, fill.amount());
        Position sold = (rest != null)
                ? part(position, position.quantity() - rest.quantity(), position.fee() - rest.fee()) : position;
        BigDecimal gain = fill.price().subtract(Price.toDecimal(position.entry())).multiply(fill.amount());
        BigDecimal fees = Price.toDecimal(sold.fee() + fee(fill));
        BigDecimal profit = gain.subtract(fees).setScale(Price.SCALE, RoundingMode.HALF_EVEN);
        Exit.Reason reason = ended.reason().isEmpty() ? Exit.Reason.OPPOSITE
                : Exit.Reason.valueOf(ended.reason().toUpperCase(Locale.ROOT));
        Traded traded = traded(ended, sold, fill.at(), Price.rounded(fill.price()), fees, profit, reason, false);
        if (rest == null) {
            over(traded, position);
            trader.told(null);
        }
        else if (closingAmount(rest, Price.rounded(fill.price())).signum() == 0) {
            turn().ledger().put(traded);
            setAside(rest);
            trader.told(null);
        }
        else {
            turn().ledger().put(traded);
            holds(rest);
            trader.told(rest); // what is left is still to be closed
        }
    }

    /**
     * What is too little to be sold is at risk as what it cost, and sold with the next.
     */
    private void setAside(Position position) {
        BigDecimal worth = cost(position).setScale(Price.SCALE, RoundingMode.HALF_UP);
        turn().ledger().risk(bot().account(), worth.subtract(risk()));
        risk(worth);
        holdsDust(position);
        this.dust = position;
    }

    /** What was bought, and what was left before, for the mean of what both cost. */
    private static Position together(Position left, Position bought) {
        BigDecimal quantity = Price.toDecimal(Math.addExact(left.quantity(), bought.quantity()));
        BigDecimal cost = cost(left).add(cost(bought));
        long entry = Price.of(cost.divide(quantity, Price.SCALE, RoundingMode.HALF_UP));
        return new Position(true, bought.openedAt(), entry, Price.of(quantity), left.fee() + bought.fee(),
                bought.stop(), bought.take());
    }

    private static BigDecimal cost(Position position) {
        return Price.toDecimal(position.entry()).multiply(Price.toDecimal(position.quantity()));
    }

    /** What a sale has left; null where nothing is. */
    private static @Nullable Position rest(Position position, BigDecimal done) {
        BigDecimal left = Price.toDecimal(position.quantity()).subtract(done);
        if (left.signum() <= 0) {
            return null;
        }
        long fee = BigDecimal.valueOf(position.fee())
            .multiply(left)
            .divide(Price.toDecimal(position.quantity()), 0, RoundingMode.DOWN)
            .longValueExact();
        return part(position, Price.of(left), fee);
    }

    private static Position part(Position whole, long quantity, long fee) {
        return new Position(whole.isLong(), whole.openedAt(), whole.entry(), quantity, fee, whole.stop(), whole.take());
    }

    private static long fee(Filled fill) {
        return (fill.fee() != null) ? Price.rounded(fill.fee()) : 0;
    }

}
