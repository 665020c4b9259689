package pregao.strategy.desk;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Instrument;
import pregao.contracts.Price;
import pregao.contracts.Timeframe;
import pregao.contracts.candle.Candle;
import pregao.market.backtest.Closes;
import pregao.market.risk.Refusal;
import pregao.market.rule.Signal;
import pregao.market.rule.Value;
import pregao.market.spot.Exit;
import pregao.market.spot.Position;
import pregao.market.spot.Trader;
import pregao.strategy.bot.Bot;
import pregao.strategy.bot.Plan;
import pregao.strategy.ledger.Ledger;
import pregao.strategy.ledger.Refused;
import pregao.strategy.order.Order;
import pregao.strategy.order.OrderState;
import pregao.strategy.signal.Decision;
import pregao.strategy.signal.NameId;

/**
 * A strategy on one instrument: {@link Closes} decide and a {@link Trader} acts, as in a
 * backtest.
 */
public final class SpotDesk implements Desk {

    private static final Refused TOO_OLD = new Refused(Refusal.STALE_PRICE, "There is no price of the last minute");

    private static final long MINUTE = 60_000;

    private final Bot bot;

    private final Plan.Spot plan;

    private final Instrument instrument;

    private final Closes closes;

    private final Prices prices = new Prices();

    private final SpotOrders orders;

    private final Trader trader;

    private long lastMinute;

    private boolean closing;

    /**
     * A desk that goes on.
     * @param bot whose it is, with a plan for spot
     * @param plan of the bot
     * @param instrument on what
     * @param closes warmed up to the last minute
     * @param state as it was stored
     * @param order that is wanted or awaited, or null
     */
    public SpotDesk(Bot bot, Plan.Spot plan, Instrument instrument, Closes closes, DeskState state,
            @Nullable Order order) {
        this.bot = bot;
        this.plan = plan;
        this.instrument = instrument;
        this.closes = closes;
        this.orders = bot.isPaper() ? new PaperOrders(bot, plan, instrument, order, state.risk())
                : new BrokerOrders(bot, plan, instrument, order, state.risk(), state.dust(), state.resting());
        this.trader = new Trader(plan.strategy(), this.orders, state.trader());
        this.lastMinute = state.lastMinute();
    }

    @Override
    public UUID bot() {
        return this.bot.id();
    }

    @Override
    public Instrument instrument() {
        return this.instrument;
    }

    @Override
    public void minute(Candle candle, Turn turn) {
        long time = candle.openTime();
        if (time <= this.lastMinute) {
            return;
        }
        this.lastMinute = time;
        int before = this.closes.decisions();
        Signal late = this.closes.before(time);
        if (this.closes.decisions() > before) {
            decided(late, time, (this.prices.last() > 0) ? this.prices.last() : this.closes.last(), turn);
        }
        prices(candle, turn);
        before = this.closes.decisions();
        Signal now = this.closes.after(time, candle.open(), candle.high(), candle.low(), candle.close());
        if (this.closes.decisions() > before) {
            decided(now, time + MINUTE, candle.close(), turn);
        }
        protect(turn);
    }

    @Override
    public void price(Candle candle, Turn turn) {
        if (candle.openTime() > this.lastMinute) {
            prices(candle, turn);
        }
    }

    private void prices(Candle candle, Turn turn) {
        Position held = this.trader.position();
        long since = (held != null) ? held.openedAt() : Long.MIN_VALUE;
        this.orders.turn(turn);
        Stretch late = this.prices.late(candle, since);
        if (late != null) {
            this.trader.late(candle.openTime(), late.first(), late.high(), late.low());
        }
        Stretch stretch = this.prices.next(candle, since);
        if (stretch != null && !this.orders.isResting()) {
            if (this.closing) {
                this.trader.end(candle.openTime(), stretch.first());
            }
            this.trader.prices(candle.openTime(), stretch.first(), stretch.high(), stretch.low());
        }
    }

    private void decided(Signal signal, long at, long price, Turn turn) {
        Decision decision = new Decision(NameId.of(this.bot.id(), this.instrument, at, "decision"), this.bot.person(),
                this.bot.id(), this.instrument, at, at, text(signal), reason(signal), inputs());
        turn.ledger().put(decision);
        if (signal == Signal.HOLD || this.trader.state().closing() != null) {
            return; // what is to be closed is closed first
        }
        this.orders.turn(turn);
        this.trader.signal(signal);
        boolean wanted = switch (this.trader.wish()) {
            case OPEN -> this.orders.wantOpen(signal == Signal.BUY, at, price);
            case CLOSE -> this.orders.wantClose(Objects.requireNonNull(this.trader.position()), at, price);
            case NOTHING -> false;
        };
        if (!wanted) {
            this.trader.drop();
        }
        else if (this.orders.actsAtOnce()) {
            this.trader.prices(at, price, price, price);
        }
    }

    @Override
    public void told(Order order, Turn turn) {
        this.orders.turn(turn);
        if (order.isWish()) {
            closeByHand(order, turn.ledger());
        }
        else {
            this.orders.told(order, this.trader);
        }
        protect(turn);
    }

    /** Closes what is held because its owner wants that, at the last price. */
    private void closeByHand(Order wish, Ledger ledger) {
        ledger.told(wish);
        Position held = this.trader.position();
        if (!wish.owner().equals(this.bot.owner())) {
            ledger.put(wish.became(OrderState.NOT_SENT, "other_account", "The bot trades with another account now")
                .told(true));
            return;
        }
        if (held == null || this.trader.state().awaiting() || this.orders.order() != null) {
            ledger.put(wish.became(OrderState.NOT_SENT, "already_sold",
                    "Another order of the bot closes the position, or has closed it")
                .told(true));
            return;
        }
        long now = ledger.now().toEpochMilli();
        boolean recent = wish.price() != null && now - wish.decidedAt() < Timeframe.M1.millis();
        if (!recent && this.bot.isPaper()) {
            ledger.refuse(wish.told(true), TOO_OLD);
            return;
        }
        long known = (this.prices.last() > 0) ? this.prices.last() : held.entry();
        long price = recent ? Price.of(Objects.requireNonNull(wish.price())) : known;
        BigDecimal amount = this.orders.closingAmount(held, price);
        if (amount.signum() == 0) {
            ledger.refuse(wish.told(true), BrokerOrders.DUST);
            return;
        }
        Order order = wish.takenUp(now, amount, this.orders.validUntil(now), this.orders.exit())
            .told(this.bot.isPaper());
        this.orders.order(order);
        ledger.put(order);
        // After a stop in vain it is still the stop that ends the position.
        this.trader.end(now, price, Objects.requireNonNullElse(this.trader.state().closing(), Exit.Reason.BY_HAND));
    }

    private void protect(Turn turn) {
        if (!this.closing) {
            this.orders.turn(turn);
            this.orders.protect(this.trader);
        }
    }

    @Override
    public boolean heeds(Candle candle) {
        if (candle.openTime() <= this.lastMinute) {
            return false;
        }
        Position held = this.trader.position();
        return this.trader.wish() != Trader.Wish.NOTHING || (this.closing && held != null)
                || (held != null && held.judge(candle.open(), candle.high(), candle.low()) != null);
    }

    @Override
    public boolean isBusy() {
        return this.trader.position() != null || this.trader.state().awaiting() || this.orders.order() != null
                || this.orders.resting() != null;
    }

    @Override
    public void stop(boolean close, Turn turn) {
        this.orders.turn(turn);
        if (this.trader.wish() == Trader.Wish.OPEN) {
            this.trader.drop();
            this.orders.callOff();
        }
        this.closing = close;
        if (close && this.prices.last() > 0) {
            this.trader.end(turn.ledger().now().toEpochMilli(), this.prices.last());
        }
    }

    @Override
    public long lastMinute() {
        return this.lastMinute;
    }

    @Override
    public DeskState state() {
        Order order = this.orders.order();
        return new DeskState(this.lastMinute, this.trader.state(), (order != null) ? order.id() : null,
                this.orders.risk(), null, 0, this.orders.dust(), this.orders.resting());
    }

    private static String text(Signal signal) {
        return switch (signal) {
            case BUY -> "buy";
            case SELL -> "sell";
            case HOLD -> Decision.HOLD;
        };
    }

    private String reason(Signal signal) {
        return switch (signal) {
            case BUY -> "the rule to buy holds";
            case SELL -> "the rule to sell holds";
            case HOLD -> "";
        };
    }

    private Map<String, String> inputs() {
        Map<String, String> inputs = new LinkedHashMap<>();
        for (Value value : this.plan.strategy().values()) {
            double now = this.closes.now(value);
            inputs.put(value.text(), Double.isNaN(now) ? "" : BigDecimal.valueOf(now).toPlainString());
        }
        return inputs;
    }

}
