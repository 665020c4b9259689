package pregao.strategy.engine;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Instrument;
import pregao.contracts.Prices;
import pregao.contracts.Timeframe;
import pregao.contracts.candle.Candle;
import pregao.market.backtest.StrategyEvaluator;
import pregao.market.risk.RiskRejectReason;
import pregao.market.rule.MarketField;
import pregao.market.rule.Signal;
import pregao.market.spot.ExitDecision;
import pregao.market.spot.Position;
import pregao.market.spot.SpotStrategyRunner;
import pregao.strategy.bot.Bot;
import pregao.strategy.bot.TradingPlan;
import pregao.strategy.ledger.LedgerTransaction;
import pregao.strategy.ledger.RiskRejection;
import pregao.strategy.order.Order;
import pregao.strategy.order.OrderState;
import pregao.strategy.signal.Decision;
import pregao.strategy.signal.NameBasedUuid;

/**
 * A strategy on one instrument: {@link StrategyEvaluator} decide and a
 * {@link SpotStrategyRunner} acts, as in a backtest.
 */
public final class SpotBotInstance implements BotInstance {

    private static final RiskRejection TOO_OLD = new RiskRejection(RiskRejectReason.STALE_PRICE,
            "There is no price of the last minute");

    private static final long MINUTE = 60_000;

    private final Bot bot;

    private final TradingPlan.Spot plan;

    private final Instrument instrument;

    private final StrategyEvaluator closes;

    private final IntraMinutePriceTracker prices = new IntraMinutePriceTracker();

    private final SpotExecution orders;

    private final SpotStrategyRunner trader;

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
    public SpotBotInstance(Bot bot, TradingPlan.Spot plan, Instrument instrument, StrategyEvaluator closes,
            BotInstanceSnapshot state, @Nullable Order order) {
        this.bot = bot;
        this.plan = plan;
        this.instrument = instrument;
        this.closes = closes;
        this.orders = bot.isPaper() ? new PaperSpotExecution(bot, plan, instrument, order, state.risk())
                : new LiveSpotExecution(bot, plan, instrument, order, state.risk(), state.dust(), state.resting());
        this.trader = new SpotStrategyRunner(plan.strategy(), this.orders, state.trader());
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
    public void onMinuteClosed(Candle candle, TradingContext turn) {
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
    public void onPrice(Candle candle, TradingContext turn) {
        if (candle.openTime() > this.lastMinute) {
            prices(candle, turn);
        }
    }

    private void prices(Candle candle, TradingContext turn) {
        Position held = this.trader.position();
        long since = (held != null) ? held.openedAt() : Long.MIN_VALUE;
        this.orders.turn(turn);
        PriceRange late = this.prices.late(candle, since);
        if (late != null) {
            this.trader.late(candle.openTime(), late.first(), late.high(), late.low());
        }
        PriceRange stretch = this.prices.next(candle, since);
        if (stretch != null && !this.orders.isResting()) {
            if (this.closing) {
                this.trader.end(candle.openTime(), stretch.first());
            }
            this.trader.onPrices(candle.openTime(), stretch.first(), stretch.high(), stretch.low());
        }
    }

    private void decided(Signal signal, long at, long price, TradingContext turn) {
        Decision decision = new Decision(NameBasedUuid.of(this.bot.id(), this.instrument, at, "decision"),
                this.bot.person(), this.bot.id(), this.instrument, at, at, text(signal), reason(signal), inputs());
        turn.ledger().put(decision);
        if (signal == Signal.HOLD || this.trader.state().closing() != null) {
            return; // what is to be closed is closed first
        }
        this.orders.turn(turn);
        this.trader.signal(signal);
        boolean wanted = switch (this.trader.pendingAction()) {
            case OPEN -> this.orders.wantOpen(signal == Signal.BUY, at, price);
            case CLOSE -> this.orders.wantClose(Objects.requireNonNull(this.trader.position()), at, price);
            case NOTHING -> false;
        };
        if (!wanted) {
            this.trader.clearPending();
        }
        else if (this.orders.actsAtOnce()) {
            this.trader.onPrices(at, price, price, price);
        }
    }

    @Override
    public void onOrderUpdate(Order order, TradingContext turn) {
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
    private void closeByHand(Order wish, LedgerTransaction ledger) {
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
        long price = recent ? Prices.of(Objects.requireNonNull(wish.price())) : known;
        BigDecimal amount = this.orders.closingAmount(held, price);
        if (amount.signum() == 0) {
            ledger.refuse(wish.told(true), LiveSpotExecution.DUST);
            return;
        }
        Order order = wish.takenUp(now, amount, this.orders.validUntil(now), this.orders.exit())
            .told(this.bot.isPaper());
        this.orders.order(order);
        ledger.put(order);
        // After a stop in vain it is still the stop that ends the position.
        this.trader.end(now, price,
                Objects.requireNonNullElse(this.trader.state().closing(), ExitDecision.Reason.BY_HAND));
    }

    private void protect(TradingContext turn) {
        if (!this.closing) {
            this.orders.turn(turn);
            this.orders.protect(this.trader);
        }
    }

    @Override
    public boolean isInterestedIn(Candle candle) {
        if (candle.openTime() <= this.lastMinute) {
            return false;
        }
        Position held = this.trader.position();
        return this.trader.pendingAction() != SpotStrategyRunner.PendingAction.NOTHING || (this.closing && held != null)
                || (held != null && held.judge(candle.open(), candle.high(), candle.low()) != null);
    }

    @Override
    public boolean isBusy() {
        return this.trader.position() != null || this.trader.state().awaiting() || this.orders.order() != null
                || this.orders.resting() != null;
    }

    @Override
    public void stop(boolean close, TradingContext turn) {
        this.orders.turn(turn);
        if (this.trader.pendingAction() == SpotStrategyRunner.PendingAction.OPEN) {
            this.trader.clearPending();
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
    public BotInstanceSnapshot state() {
        Order order = this.orders.order();
        return new BotInstanceSnapshot(this.lastMinute, this.trader.state(), (order != null) ? order.id() : null,
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
        for (MarketField value : this.plan.strategy().values()) {
            double now = this.closes.now(value);
            inputs.put(value.text(), Double.isNaN(now) ? "" : BigDecimal.valueOf(now).toPlainString());
        }
        return inputs;
    }

}
