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
 * Orders on paper: filled at the next price by the class that fills in a backtest.
 */
final class PaperSpotExecution extends SpotExecution {

    private final AtomicReference<@Nullable Trade> over = new AtomicReference<>();

    private final SimulatedOrderExecutor fills;

    PaperSpotExecution(Bot bot, TradingPlan.Spot plan, Instrument instrument, @Nullable Order order, BigDecimal risk) {
        super(bot, plan, instrument, order, risk);
        this.fills = new SimulatedOrderExecutor(plan.strategy(), Prices.of(plan.money()), plan.costs(), this.over::set);
    }

    @Override
    boolean actsAtOnce() {
        return false;
    }

    @Override
    BigDecimal amount(long price) {
        return BigDecimal.ZERO; // the price at which it is filled decides
    }

    @Override
    @Nullable OrderTerms entry(boolean isLong, long price) {
        return null; // the same limit is kept as it is filled here
    }

    @Override
    @Nullable Long validUntil(long at) {
        return null;
    }

    @Override
    public Opening open(boolean isLong, long time, long price) {
        Order wanted = Objects.requireNonNull(order(), "nothing is opened that was not wanted");
        order(null);
        long decided = (wanted.price() != null) ? Prices.of(wanted.price()) : 0;
        Position position = this.fills.open(isLong, time, price, decided);
        if (position == null) {
            turn().ledger()
                .put(this.fills.isBeyondCap(isLong, price, decided)
                        ? wanted.became(OrderState.REJECTED, "nothing_filled", "The price is beyond the limit")
                        : wanted.became(OrderState.CANCELLED, "too_small", "The money buys nothing at this price"));
            turn().ledger().risk(bot().account(), wanted.risk().negate());
            return Opening.NONE;
        }
        turn().ledger()
            .put(wanted.done(OrderState.FILLED, new Fill(Prices.toDecimal(position.entry()),
                    Prices.toDecimal(position.quantity()), Prices.toDecimal(position.fee()), null, null, time)));
        risk(wanted.risk());
        holds(position);
        return new Opening(position, false);
    }

    @Override
    public boolean close(Position position, long time, ExitDecision exit) {
        this.fills.close(position, time, exit);
        Trade trade = Objects.requireNonNull(this.over.getAndSet(null));
        Order wanted = order();
        if (wanted == null) {
            wanted = closing(position, closingAmount(position, exit.price()), time, exit.price(), text(exit.reason()));
            turn().ledger().put(wanted);
        }
        Order filled = wanted.done(OrderState.FILLED, new Fill(Prices.toDecimal(trade.exit()),
                Prices.toDecimal(trade.quantity()), Prices.toDecimal(trade.fees() - position.fee()), null, null, time));
        turn().ledger().put(filled);
        over(traded(filled, position, time, trade.exit(), Prices.toDecimal(trade.fees()),
                Prices.toDecimal(trade.profit()), exit.reason(), exit.ambiguous()), position);
        return true;
    }

    @Override
    void told(Order ended, SpotStrategyRunner trader) {
        turn().ledger().told(ended); // paper is filled here, nobody else tells
    }

}
