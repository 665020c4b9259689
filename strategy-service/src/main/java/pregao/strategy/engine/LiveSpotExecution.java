package pregao.strategy.engine;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Instrument;
import pregao.contracts.Prices;
import pregao.market.risk.RiskRejectReason;
import pregao.market.spot.ExitDecision;
import pregao.market.spot.Position;
import pregao.market.spot.RestingExit;
import pregao.market.spot.SpotStrategyRunner;
import pregao.strategy.bot.Bot;
import pregao.strategy.bot.LotSize;
import pregao.strategy.bot.TradingPlan;
import pregao.strategy.ledger.RiskRejection;
import pregao.strategy.order.Fill;
import pregao.strategy.order.Order;
import pregao.strategy.order.OrderState;
import pregao.strategy.order.OrderTerms;
import pregao.strategy.order.PositionEffect;
import pregao.strategy.order.SpotTerms;

/**
 * Executes spot orders at a broker. Orders are sent after the transaction commits, and
 * their outcome arrives as an order update.
 */
final class LiveSpotExecution extends SpotExecution {

    /** The time after the decision within which an order may be sent, in milliseconds. */
    private static final long ORDER_VALIDITY = 5_000;

    static final RiskRejection DUST_REJECTION = new RiskRejection(RiskRejectReason.TOO_SMALL,
            "The broker does not trade so little: it is kept, and sold with what is bought next");

    private final Instrument instrument;

    private @Nullable Position dust;

    private @Nullable RestingExit restingExit;

    /** Delays the next resting exit order after the exchange refused one. */
    private final RetryBackoff protectionBackoff = new RetryBackoff(Duration.ofMinutes(1));

    /** Delays the next closing order after one was not filled. */
    private final RetryBackoff exitBackoff = new RetryBackoff(Duration.ofSeconds(2));

    LiveSpotExecution(Bot bot, TradingPlan.Spot plan, Instrument instrument, @Nullable Order order, BigDecimal risk,
            @Nullable Position dust, @Nullable RestingExit restingExit) {
        super(bot, plan, instrument, order, risk);
        this.instrument = instrument;
        this.dust = dust;
        this.restingExit = restingExit;
    }

    @Override
    boolean isBackingOff() {
        return this.exitBackoff.isWaiting(now());
    }

    @Override
    boolean executesImmediately() {
        return true;
    }

    @Override
    BigDecimal entryAmount(long price) {
        LotSize lot = plan().lots().get(this.instrument.symbol());
        if (lot == null || price <= 0) {
            return BigDecimal.ZERO;
        }
        BigDecimal entryPrice = Prices.toDecimal(price);
        return lot.roundDown(plan().money().divide(entryPrice, Prices.SCALE, RoundingMode.DOWN), entryPrice);
    }

    @Override
    @Nullable OrderTerms entryTerms(boolean isLong, long price) {
        return (price > 0) ? SpotTerms.limited(Prices.toDecimal(plan().costs().limit(price, isLong))) : null;
    }

    @Override
    boolean isTooSmall(BigDecimal amount, long price) {
        LotSize lot = plan().lots().get(this.instrument.symbol());
        return amount.signum() == 0 || lot == null
                || !lot.canBeStopped(amount, Prices.toDecimal(price), plan().strategy().stop());
    }

    @Override
    @Nullable Position dust() {
        return this.dust;
    }

    @Override
    BigDecimal closingAmount(Position position, long price) {
        LotSize lot = plan().lots().get(this.instrument.symbol());
        BigDecimal quantity = Prices.toDecimal(position.quantity());
        return (lot != null) ? lot.roundDown(quantity, Prices.toDecimal(price)) : quantity;
    }

    @Override
    @Nullable Long validUntil(long decidedAt) {
        return Math.max(decidedAt, now()) + ORDER_VALIDITY;
    }

    @Override
    public Opening open(boolean isLong, long time, long price) {
        Objects.requireNonNull(order(), "nothing is opened that was not wanted");
        return Opening.AWAITED; // the order is sent after the commit
    }

    @Override
    boolean requestClose(Position position, long decidedAt, long price) {
        // No order for what is too small to sell: close() sets it aside as dust.
        return closingAmount(position, price).signum() == 0 || super.requestClose(position, decidedAt, price);
    }

    @Override
    public boolean close(Position position, long time, ExitDecision exit) {
        if (order() == null) {
            long now = now();
            BigDecimal amount = closingAmount(position, exit.price());
            if (amount.signum() == 0 && this.restingExit == null) {
                Order tooSmall = closingOrder(position, Prices.toDecimal(position.quantity()), now, exit.price(),
                        toText(exit.reason()));
                context().ledger().addRejected(tooSmall, DUST_REJECTION);
                setAsideAsDust(position);
                return true;
            }
            // An order that is too small is needed as well, because it cancels the
            // resting exit order.
            Order exitOrder = closingOrder(position,
                    (amount.signum() > 0) ? amount : Prices.toDecimal(position.quantity()), now, exit.price(),
                    toText(exit.reason()));
            int failures = this.exitBackoff.failureCount();
            String message = (failures > 0) ? "Tried again: orders in vain so far: " + failures : "";
            setOrder(exitOrder.withState(OrderState.NEW, toText(exit.reason()), message));
            context().ledger().put(Objects.requireNonNull(order()));
        }
        return false;
    }

    @Override
    void onOrderUpdate(Order order, SpotStrategyRunner trader) {
        context().ledger().markDelivered(order);
        if (order.state() == OrderState.AMBIGUOUS) {
            return; // the bot is halted until a user resolves the order
        }
        if (this.restingExit != null && this.restingExit.id().equals(order.id())) {
            onRestingExitUpdate(order, this.restingExit, trader);
            return;
        }
        Order pendingOrder = order();
        if (pendingOrder == null || !pendingOrder.id().equals(order.id()) || order.state() == OrderState.PLACED) {
            return; // the broker still works on it
        }
        setOrder(null);
        Fill fill = findFill(order);
        if (order.purpose() == PositionEffect.OPEN) {
            onEntryEnded(order, fill, trader);
        }
        else {
            onExitEnded(order, fill, trader);
        }
    }

    private void onEntryEnded(Order order, @Nullable Fill fill, SpotStrategyRunner trader) {
        if (fill == null) {
            context().ledger().changeExposure(bot().account(), order.risk().negate());
            trader.onExecution(null);
            return;
        }
        BigDecimal takeProfit = plan().strategy().take();
        Position bought = Position.filled(true, fill.at(), fillPrice(fill), Prices.of(fillAmount(fill)), fillFee(fill),
                Prices.of(plan().strategy().stop()), (takeProfit != null) ? Prices.of(takeProfit) : 0);
        Position position = (this.dust != null) ? this.dust.with(bought) : bought;
        this.dust = null;
        this.protectionBackoff.reset();
        setRisk(risk().add(order.risk()));
        recordPosition(position);
        trader.onExecution(position);
    }

    private void onExitEnded(Order order, @Nullable Fill fill, SpotStrategyRunner trader) {
        Position position = trader.position();
        if (position == null) {
            trader.onExecution(null); // the resting exit order has sold all of it
            return;
        }
        if (fill == null) {
            this.exitBackoff.recordFailure(now());
            trader.onExecution(position); // the position is open and must still be closed
            return;
        }
        this.exitBackoff.reset();
        ExitDecision.Reason reason = Objects.requireNonNullElse(trader.state().closing(), ExitDecision.Reason.OPPOSITE);
        Position ownPosition = (this.restingExit != null) ? this.restingExit.own(position) : position;
        Position remaining = keepRemainder(recordSale(order, fill, ownPosition, reason), fill);
        if (remaining == null) {
            // The sale canceled the resting exit order, which must not apply to the next
            // position.
            this.restingExit = null;
        }
        trader.onExecution(remaining); // the remainder must still be closed
    }

    /** Processes an update of the resting exit order. */
    private void onRestingExitUpdate(Order order, RestingExit resting, SpotStrategyRunner trader) {
        Position position = trader.position();
        if (order.state() == OrderState.PLACED) {
            this.restingExit = resting.confirm();
            this.protectionBackoff.reset();
            if (position != null) {
                trader.watch(this.restingExit.watched(position));
            }
            return;
        }
        this.restingExit = null;
        Fill fill = findFill(order);
        if (position != null && fill == null) {
            this.protectionBackoff.recordFailure(now());
            trader.watch(resting.own(position));
        }
        else if (position != null && fill != null) {
            boolean isClosing = order() != null;
            Position remaining = recordSale(order, fill, resting.own(position), resting.reason(fillPrice(fill)));
            remaining = (isClosing || remaining == null) ? remaining : keepRemainder(remaining, fill);
            if (remaining == null) {
                this.exitBackoff.reset();
                trader.onExecution(null);
            }
            else {
                recordPosition(remaining);
                trader.watch(remaining); // a pending sale closes it
            }
        }
    }

    /**
     * Records what is left after a sale. Returns null if it is too small to be sold by
     * itself.
     */
    private @Nullable Position keepRemainder(@Nullable Position remaining, Fill fill) {
        if (remaining == null) {
            return null;
        }
        if (this.restingExit == null && closingAmount(remaining, fillPrice(fill)).signum() == 0) {
            setAsideAsDust(remaining);
            return null;
        }
        recordPosition(remaining);
        return remaining;
    }

    @Override
    void protect(SpotStrategyRunner trader) {
        long now = now();
        Position position = trader.position();
        if (position == null || !RestingExit.isWanted(this.restingExit, trader.state())
                || this.protectionBackoff.isWaiting(now)) {
            return;
        }
        long limit = plan().costs().limit(position.stop(), false);
        BigDecimal amount = closingAmount(position, limit);
        if (amount.signum() == 0) {
            return; // the exchange does not accept so small an order
        }
        BigDecimal takeProfit = (position.take() > 0) ? Prices.toDecimal(position.take()) : null;
        Order order = closingOrder(position, amount, now, 0, "protect",
                new SpotTerms(Prices.toDecimal(limit), Prices.toDecimal(position.stop()), takeProfit, null));
        this.restingExit = RestingExit.of(order.id(), position, plan().costs());
        context().ledger().put(order.withState(OrderState.NEW, "protect", "It lies at the broker for what is held"));
    }

    private long now() {
        return context().ledger().now().toEpochMilli();
    }

    @Override
    @Nullable RestingExit restingExit() {
        return this.restingExit;
    }

    /**
     * Sets a position aside as dust, which is sold together with the next position. Its
     * cost counts as the amount at risk.
     */
    private void setAsideAsDust(Position position) {
        BigDecimal cost = position.cost().setScale(Prices.SCALE, RoundingMode.HALF_UP);
        context().ledger().changeExposure(bot().account(), cost.subtract(risk()));
        setRisk(cost);
        recordDust(position);
        this.dust = position;
    }

}
