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
 * Orders at a broker: sent once the transaction is through, and told when they have
 * ended.
 */
final class LiveSpotExecution extends SpotExecution {

    /** So long after its decision an order may be sent. */
    private static final long ORDER_VALIDITY = 5_000;

    static final RiskRejection DUST = new RiskRejection(RiskRejectReason.TOO_SMALL,
            "The broker does not trade so little: it is kept, and sold with what is bought next");

    private final Instrument instrument;

    private @Nullable Position dust;

    private @Nullable RestingExit resting;

    /** Of what is held and the exchange does not take to look after. */
    private final RetryBackoff protectionBackoff = new RetryBackoff(Duration.ofMinutes(1));

    /** Of what is to be closed and is still held. */
    private final RetryBackoff saleBackoff = new RetryBackoff(Duration.ofSeconds(2));

    LiveSpotExecution(Bot bot, TradingPlan.Spot plan, Instrument instrument, @Nullable Order order, BigDecimal risk,
            @Nullable Position dust, @Nullable RestingExit resting) {
        super(bot, plan, instrument, order, risk);
        this.instrument = instrument;
        this.dust = dust;
        this.resting = resting;
    }

    @Override
    boolean isResting() {
        return this.saleBackoff.isWaiting(now());
    }

    @Override
    boolean actsAtOnce() {
        return true;
    }

    @Override
    BigDecimal amount(long price) {
        LotSize lot = plan().lots().get(this.instrument.symbol());
        if (lot == null || price <= 0) {
            return BigDecimal.ZERO;
        }
        BigDecimal bigDecimal = Prices.toDecimal(price);
        return lot.of(plan().money().divide(bigDecimal, Prices.SCALE, RoundingMode.DOWN), bigDecimal);
    }

    @Override
    @Nullable OrderTerms entry(boolean isLong, long price) {
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
        BigDecimal held = Prices.toDecimal(position.quantity());
        return (lot != null) ? lot.of(held, Prices.toDecimal(price)) : held;
    }

    @Override
    @Nullable Long validUntil(long at) {
        return Math.max(at, now()) + ORDER_VALIDITY;
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
    public boolean close(Position position, long time, ExitDecision exit) {
        if (order() == null) {
            long now = now();
            BigDecimal amount = closingAmount(position, exit.price());
            if (amount.signum() == 0 && this.resting == null) {
                Order tooSmall = closing(position, Prices.toDecimal(position.quantity()), now, exit.price(),
                        text(exit.reason()));
                turn().ledger().refuse(tooSmall, DUST);
                setAside(position);
                return true;
            }
            // Also a sale that is too small ends what lies at the exchange.
            Order wanted = closing(position, (amount.signum() > 0) ? amount : Prices.toDecimal(position.quantity()),
                    now, exit.price(), text(exit.reason()));
            int vain = this.saleBackoff.vain();
            String again = (vain > 0) ? "Tried again: orders in vain so far: " + vain : "";
            order(wanted.became(OrderState.NEW, text(exit.reason()), again));
            turn().ledger().put(Objects.requireNonNull(order()));
        }
        return false;
    }

    @Override
    void told(Order ended, SpotStrategyRunner trader) {
        turn().ledger().told(ended);
        if (ended.state() == OrderState.AMBIGUOUS) {
            return; // a person must look first; the bot is halted
        }
        if (this.resting != null && this.resting.id().equals(ended.id())) {
            toldOfResting(ended, this.resting, trader);
            return;
        }
        Order awaited = order();
        if (awaited == null || !awaited.id().equals(ended.id()) || ended.state() == OrderState.PLACED) {
            return; // one that is filled at once is not over as long as the broker has it
        }
        order(null);
        Fill fill = filled(ended);
        if (ended.purpose() == PositionEffect.OPEN) {
            opened(ended, fill, trader);
        }
        else {
            closed(ended, fill, trader);
        }
    }

    private void opened(Order ended, @Nullable Fill fill, SpotStrategyRunner trader) {
        if (fill == null) {
            turn().ledger().risk(bot().account(), ended.risk().negate());
            trader.onExecution(null);
            return;
        }
        BigDecimal take = plan().strategy().take();
        Position bought = Position.filled(true, fill.at(), price(fill), Prices.of(amount(fill)), fee(fill),
                Prices.of(plan().strategy().stop()), (take != null) ? Prices.of(take) : 0);
        Position position = (this.dust != null) ? this.dust.with(bought) : bought;
        this.dust = null;
        this.protectionBackoff.clear();
        risk(risk().add(ended.risk()));
        holds(position);
        trader.onExecution(position);
    }

    private void closed(Order ended, @Nullable Fill fill, SpotStrategyRunner trader) {
        Position held = trader.position();
        if (held == null) {
            trader.onExecution(null); // what lay at the exchange has sold all of it
            return;
        }
        if (fill == null) {
            this.saleBackoff.inVain(now());
            trader.onExecution(held); // it is still held, and still to be closed
            return;
        }
        this.saleBackoff.clear();
        ExitDecision.Reason reason = Objects.requireNonNullElse(trader.state().closing(), ExitDecision.Reason.OPPOSITE);
        Position own = (this.resting != null) ? this.resting.own(held) : held;
        Position rest = left(sold(ended, fill, own, reason), fill);
        if (rest == null) {
            // It was ended before the sale, and is none of what is bought next.
            this.resting = null;
        }
        trader.onExecution(rest); // the rest is still to be closed
    }

    /** Takes what became of the order that lies at the exchange. */
    private void toldOfResting(Order order, RestingExit restingExit, SpotStrategyRunner trader) {
        Position held = trader.position();
        if (order.state() == OrderState.PLACED) {
            this.resting = restingExit.confirm();
            this.protectionBackoff.clear();
            if (held != null) {
                trader.watch(this.resting.watched(held));
            }
            return;
        }
        this.resting = null;
        Fill fill = filled(order);
        if (held != null && fill == null) {
            this.protectionBackoff.inVain(now());
            trader.watch(restingExit.own(held));
        }
        else if (held != null && fill != null) {
            boolean selling = order() != null;
            Position rest = sold(order, fill, restingExit.own(held), restingExit.reason(price(fill)));
            rest = (selling || rest == null) ? rest : left(rest, fill);
            if (rest == null) {
                this.saleBackoff.clear();
                trader.onExecution(null);
            }
            else {
                holds(rest);
                trader.watch(rest); // a sale that is on its way sells it
            }
        }
    }

    /** What is still held after a sale; null where that cannot be sold by itself. */
    private @Nullable Position left(@Nullable Position rest, Fill fill) {
        if (rest == null) {
            return null;
        }
        if (this.resting == null && closingAmount(rest, price(fill)).signum() == 0) {
            setAside(rest);
            return null;
        }
        holds(rest);
        return rest;
    }

    @Override
    void protect(SpotStrategyRunner trader) {
        long now = now();
        Position held = trader.position();
        if (held == null || !RestingExit.isWanted(this.resting, trader.state())
                || this.protectionBackoff.isWaiting(now)) {
            return;
        }
        long limit = plan().costs().limit(held.stop(), false);
        BigDecimal amount = closingAmount(held, limit);
        if (amount.signum() == 0) {
            return; // the exchange does not take it
        }
        BigDecimal take = (held.take() > 0) ? Prices.toDecimal(held.take()) : null;
        Order wanted = closing(held, amount, now, 0, "protect",
                new SpotTerms(Prices.toDecimal(limit), Prices.toDecimal(held.stop()), take, null));
        this.resting = RestingExit.of(wanted.id(), held, plan().costs());
        turn().ledger().put(wanted.became(OrderState.NEW, "protect", "It lies at the broker for what is held"));
    }

    private long now() {
        return turn().ledger().now().toEpochMilli();
    }

    @Override
    @Nullable RestingExit resting() {
        return this.resting;
    }

    /**
     * What is too little to be sold is at risk as what it cost, and sold with the next.
     */
    private void setAside(Position position) {
        BigDecimal worth = position.cost().setScale(Prices.SCALE, RoundingMode.HALF_UP);
        turn().ledger().risk(bot().account(), worth.subtract(risk()));
        risk(worth);
        holdsDust(position);
        this.dust = position;
    }

}
