package pregao.strategy.engine;

import java.math.BigDecimal;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Instrument;
import pregao.contracts.Prices;
import pregao.market.spot.ExitDecision;
import pregao.market.spot.Position;
import pregao.market.spot.SimulatedOrderExecutor;
import pregao.market.spot.SpotStrategyRunner;
import pregao.market.spot.Trade;
import pregao.strategy.bot.Bot;
import pregao.strategy.bot.TradingPlan;
import pregao.strategy.order.Fill;
import pregao.strategy.order.Order;
import pregao.strategy.order.OrderState;
import pregao.strategy.order.OrderTerms;

/**
 * Executes spot orders on paper. Orders are filled at the next price by the same class as
 * in a backtest.
 */
final class PaperSpotExecution extends SpotExecution {

    private final AtomicReference<@Nullable Trade> closedTrade = new AtomicReference<>();

    private final SimulatedOrderExecutor executor;

    PaperSpotExecution(Bot bot, TradingPlan.Spot plan, Instrument instrument, @Nullable Order order, BigDecimal risk) {
        super(bot, plan, instrument, order, risk);
        this.executor = new SimulatedOrderExecutor(plan.strategy(), Prices.of(plan.money()), plan.costs(),
                this.closedTrade::set);
    }

    @Override
    boolean executesImmediately() {
        return false;
    }

    @Override
    BigDecimal entryAmount(long price) {
        return BigDecimal.ZERO; // the fill price determines the amount
    }

    @Override
    @Nullable OrderTerms entryTerms(boolean isLong, long price) {
        return null; // the executor applies the same limit
    }

    @Override
    @Nullable Long validUntil(long decidedAt) {
        return null;
    }

    @Override
    public Opening open(boolean isLong, long time, long price) {
        Order entryOrder = Objects.requireNonNull(order(), "nothing is opened that was not wanted");
        setOrder(null);
        long decidedPrice = (entryOrder.price() != null) ? Prices.of(entryOrder.price()) : 0;
        Position position = this.executor.open(isLong, time, price, decidedPrice);
        if (position == null) {
            context().ledger()
                .put(this.executor.isBeyondCap(isLong, price, decidedPrice)
                        ? entryOrder.withState(OrderState.REJECTED, "nothing_filled", "The price is beyond the limit")
                        : entryOrder.withState(OrderState.CANCELLED, "too_small",
                                "The money buys nothing at this price"));
            context().ledger().changeExposure(bot().account(), entryOrder.risk().negate());
            return Opening.NONE;
        }
        context().ledger()
            .put(entryOrder.withFill(OrderState.FILLED, new Fill(Prices.toDecimal(position.entry()),
                    Prices.toDecimal(position.quantity()), Prices.toDecimal(position.fee()), null, null, time)));
        setRisk(entryOrder.risk());
        recordPosition(position);
        return new Opening(position, false);
    }

    @Override
    public boolean close(Position position, long time, ExitDecision exit) {
        this.executor.close(position, time, exit);
        Trade trade = Objects.requireNonNull(this.closedTrade.getAndSet(null));
        Order exitOrder = order();
        if (exitOrder == null) {
            exitOrder = closingOrder(position, closingAmount(position, exit.price()), time, exit.price(),
                    toText(exit.reason()));
            context().ledger().put(exitOrder);
        }
        Order filledOrder = exitOrder.withFill(OrderState.FILLED, new Fill(Prices.toDecimal(trade.exit()),
                Prices.toDecimal(trade.quantity()), Prices.toDecimal(trade.fees() - position.fee()), null, null, time));
        context().ledger().put(filledOrder);
        recordClosedPosition(closedTrade(filledOrder, position, time, trade.exit(), Prices.toDecimal(trade.fees()),
                Prices.toDecimal(trade.profit()), exit.reason(), exit.ambiguous()), position);
        return true;
    }

    @Override
    void onOrderUpdate(Order order, SpotStrategyRunner trader) {
        // Paper orders are filled here, so there is nothing else to process.
        context().ledger().markDelivered(order);
    }

}
