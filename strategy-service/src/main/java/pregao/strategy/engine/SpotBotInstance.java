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
 * Trades a strategy on one instrument. A {@link StrategyEvaluator} decides and a
 * {@link SpotStrategyRunner} acts, as in a backtest.
 */
public final class SpotBotInstance implements BotInstance {

    private static final RiskRejection NO_RECENT_PRICE = new RiskRejection(RiskRejectReason.STALE_PRICE,
            "There is no price of the last minute");

    private static final long MINUTE = 60_000;

    private final Bot bot;

    private final TradingPlan.Spot plan;

    private final Instrument instrument;

    private final StrategyEvaluator evaluator;

    private final IntraMinutePriceTracker priceTracker = new IntraMinutePriceTracker();

    private final SpotExecution execution;

    private final SpotStrategyRunner runner;

    private long lastMinute;

    private boolean closeOnStop;

    /**
     * Restores an instance.
     * @param bot the bot, which has a plan for spot
     * @param plan the plan of the bot
     * @param instrument the instrument to trade
     * @param evaluator the evaluator, warmed up to the last minute
     * @param state the stored state
     * @param order the unfinished order, or null
     */
    public SpotBotInstance(Bot bot, TradingPlan.Spot plan, Instrument instrument, StrategyEvaluator evaluator,
            BotInstanceSnapshot state, @Nullable Order order) {
        this.bot = bot;
        this.plan = plan;
        this.instrument = instrument;
        this.evaluator = evaluator;
        this.execution = bot.isPaper() ? new PaperSpotExecution(bot, plan, instrument, order, state.risk())
                : new LiveSpotExecution(bot, plan, instrument, order, state.risk(), state.dust(), state.resting());
        this.runner = new SpotStrategyRunner(plan.strategy(), this.execution, state.trader());
        this.lastMinute = state.lastMinute();
    }

    @Override
    public UUID botId() {
        return this.bot.id();
    }

    @Override
    public Instrument instrument() {
        return this.instrument;
    }

    @Override
    public void onMinuteClosed(Candle candle, TradingContext context) {
        long time = candle.openTime();
        if (time <= this.lastMinute) {
            return;
        }
        this.lastMinute = time;
        int decisionsBefore = this.evaluator.decisions();
        Signal lateSignal = this.evaluator.before(time);
        if (this.evaluator.decisions() > decisionsBefore) {
            onSignal(lateSignal, time,
                    (this.priceTracker.lastPrice() > 0) ? this.priceTracker.lastPrice() : this.evaluator.last(),
                    context);
        }
        processPrices(candle, context);
        decisionsBefore = this.evaluator.decisions();
        Signal signal = this.evaluator.after(time, candle.open(), candle.high(), candle.low(), candle.close());
        if (this.evaluator.decisions() > decisionsBefore) {
            onSignal(signal, time + MINUTE, candle.close(), context);
        }
        protect(context);
    }

    @Override
    public void onPrice(Candle candle, TradingContext context) {
        if (candle.openTime() > this.lastMinute) {
            processPrices(candle, context);
        }
    }

    private void processPrices(Candle candle, TradingContext context) {
        Position position = this.runner.position();
        long since = (position != null) ? position.openedAt() : Long.MIN_VALUE;
        this.execution.setContext(context);
        PriceRange lateRange = this.priceTracker.trackLate(candle, since);
        if (lateRange != null) {
            this.runner.late(candle.openTime(), lateRange.first(), lateRange.high(), lateRange.low());
        }
        PriceRange range = this.priceTracker.track(candle, since);
        if (range != null && !this.execution.isBackingOff()) {
            if (this.closeOnStop) {
                this.runner.end(candle.openTime(), range.first());
            }
            this.runner.onPrices(candle.openTime(), range.first(), range.high(), range.low());
        }
    }

    private void onSignal(Signal signal, long decidedAt, long price, TradingContext context) {
        Decision decision = new Decision(NameBasedUuid.of(this.bot.id(), this.instrument, decidedAt, "decision"),
                this.bot.person(), this.bot.id(), this.instrument, decidedAt, decidedAt, toText(signal),
                reasonOf(signal), collectInputs());
        context.ledger().put(decision);
        if (signal == Signal.HOLD || this.runner.state().closing() != null) {
            return; // an exit in progress has precedence
        }
        this.execution.setContext(context);
        this.runner.signal(signal);
        boolean isAccepted = switch (this.runner.pendingAction()) {
            case OPEN -> this.execution.requestOpen(signal == Signal.BUY, decidedAt, price);
            case CLOSE -> this.execution.requestClose(Objects.requireNonNull(this.runner.position()), decidedAt, price);
            case NOTHING -> false;
        };
        if (!isAccepted) {
            this.runner.clearPending();
        }
        else if (this.execution.executesImmediately()) {
            this.runner.onPrices(decidedAt, price, price, price);
        }
    }

    @Override
    public void onOrderUpdate(Order order, TradingContext context) {
        this.execution.setContext(context);
        if (order.isCloseRequest()) {
            closeManually(order, context.ledger());
        }
        else {
            this.execution.onOrderUpdate(order, this.runner);
        }
        protect(context);
    }

    /** Closes the position at the last price, as requested by the user. */
    private void closeManually(Order request, LedgerTransaction ledger) {
        ledger.markDelivered(request);
        Position position = this.runner.position();
        if (!request.owner().equals(this.bot.owner())) {
            ledger
                .put(request.withState(OrderState.NOT_SENT, "other_account", "The bot trades with another account now")
                    .withDelivered(true));
            return;
        }
        if (position == null || this.runner.state().awaiting() || this.execution.order() != null) {
            ledger.put(
                    request
                        .withState(OrderState.NOT_SENT, "already_sold",
                                "Another order of the bot closes the position, or has closed it")
                        .withDelivered(true));
            return;
        }
        long now = ledger.now().toEpochMilli();
        boolean isRecent = request.price() != null && now - request.decidedAt() < Timeframe.M1.millis();
        if (!isRecent && this.bot.isPaper()) {
            ledger.addRejected(request.withDelivered(true), NO_RECENT_PRICE);
            return;
        }
        long lastPrice = (this.priceTracker.lastPrice() > 0) ? this.priceTracker.lastPrice() : position.entry();
        long price = isRecent ? Prices.of(Objects.requireNonNull(request.price())) : lastPrice;
        BigDecimal amount = this.execution.closingAmount(position, price);
        if (amount.signum() == 0) {
            ledger.addRejected(request.withDelivered(true), LiveSpotExecution.DUST_REJECTION);
            return;
        }
        Order order = request.withBotDecision(now, amount, this.execution.validUntil(now), this.execution.exitTerms())
            .withDelivered(this.bot.isPaper());
        this.execution.setOrder(order);
        ledger.put(order);
        // If a stop could not be executed, the stop remains the reason of the exit.
        this.runner.end(now, price,
                Objects.requireNonNullElse(this.runner.state().closing(), ExitDecision.Reason.BY_HAND));
    }

    private void protect(TradingContext context) {
        if (!this.closeOnStop) {
            this.execution.setContext(context);
            this.execution.protect(this.runner);
        }
    }

    @Override
    public boolean isInterestedIn(Candle candle) {
        if (candle.openTime() <= this.lastMinute) {
            return false;
        }
        Position position = this.runner.position();
        return this.runner.pendingAction() != SpotStrategyRunner.PendingAction.NOTHING
                || (this.closeOnStop && position != null)
                || (position != null && position.judge(candle.open(), candle.high(), candle.low()) != null);
    }

    @Override
    public boolean isBusy() {
        return this.runner.position() != null || this.runner.state().awaiting() || this.execution.order() != null
                || this.execution.restingExit() != null;
    }

    @Override
    public void stop(boolean close, TradingContext context) {
        this.execution.setContext(context);
        if (this.runner.pendingAction() == SpotStrategyRunner.PendingAction.OPEN) {
            this.runner.clearPending();
            this.execution.cancelEntry();
        }
        this.closeOnStop = close;
        if (close && this.priceTracker.lastPrice() > 0) {
            this.runner.end(context.ledger().now().toEpochMilli(), this.priceTracker.lastPrice());
        }
    }

    @Override
    public long lastMinute() {
        return this.lastMinute;
    }

    @Override
    public BotInstanceSnapshot snapshot() {
        Order order = this.execution.order();
        return new BotInstanceSnapshot(this.lastMinute, this.runner.state(), (order != null) ? order.id() : null,
                this.execution.risk(), null, 0, this.execution.dust(), this.execution.restingExit());
    }

    private static String toText(Signal signal) {
        return switch (signal) {
            case BUY -> "buy";
            case SELL -> "sell";
            case HOLD -> Decision.HOLD;
        };
    }

    private String reasonOf(Signal signal) {
        return switch (signal) {
            case BUY -> "the rule to buy holds";
            case SELL -> "the rule to sell holds";
            case HOLD -> "";
        };
    }

    private Map<String, String> collectInputs() {
        Map<String, String> inputs = new LinkedHashMap<>();
        for (MarketField field : this.plan.strategy().values()) {
            double value = this.evaluator.now(field);
            inputs.put(field.text(), Double.isNaN(value) ? "" : BigDecimal.valueOf(value).toPlainString());
        }
        return inputs;
    }

}
