package pregao.strategy.engine;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Instrument;
import pregao.contracts.candle.Candle;
import pregao.market.option.CycleResult;
import pregao.market.option.OptionEntry;
import pregao.market.option.OptionSettlement;
import pregao.market.option.OptionTrader;
import pregao.market.option.OptionTraderSnapshot;
import pregao.market.pattern.Pattern;
import pregao.market.spot.SpotStrategyRunner;
import pregao.strategy.bot.Bot;
import pregao.strategy.bot.TradingPlan;
import pregao.strategy.order.Order;
import pregao.strategy.order.OrderState;
import pregao.strategy.signal.Decision;
import pregao.strategy.signal.NameBasedUuid;

/**
 * Trades binary options by a pattern on one instrument. An {@link OptionTrader} decides
 * on entries, as in a backtest. An option on paper is settled by its last candle, an
 * option at a broker by the result of the broker.
 */
public final class OptionBotInstance implements BotInstance {

    private static final long MINUTE = 60_000;

    private final Bot bot;

    private final TradingPlan.Option plan;

    private final Instrument instrument;

    private final OptionTrader trader;

    private final OptionExecution execution;

    private long lastMinute;

    private long strike;

    private @Nullable TradingContext context;

    /**
     * Restores an instance.
     * @param bot the bot, which has a plan for options
     * @param plan the plan of the bot
     * @param instrument the instrument to trade
     * @param state the stored state
     * @param order the unfinished order, or null
     */
    public OptionBotInstance(Bot bot, TradingPlan.Option plan, Instrument instrument, BotInstanceSnapshot state,
            @Nullable Order order) {
        this.bot = bot;
        this.plan = plan;
        this.instrument = instrument;
        this.trader = new OptionTrader(plan.options(),
                Objects.requireNonNullElse(state.option(), OptionTraderSnapshot.EMPTY), this::onCycleEnded);
        this.execution = new OptionExecution(bot, plan, instrument, order, state.risk());
        this.lastMinute = state.lastMinute();
        this.strike = state.strike();
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
        this.context = context;
        OptionEntry entry = this.trader.minute(time, candle.open(), candle.close());
        OptionEntry awaitedEntry = this.trader.awaitedEntry();
        if (awaitedEntry != null && this.bot.isPaper() && this.execution.order() != null) {
            if (time == awaitedEntry.at()) {
                this.strike = candle.open();
            }
            entry = settleOnPaper(awaitedEntry, time + MINUTE, candle.close(), entry);
        }
        if (entry == null && isEntryTime(time + MINUTE)) {
            recordDecision(time + MINUTE, Decision.HOLD, "the block gives no side, or a cycle runs");
        }
        placeEntries(entry);
    }

    private @Nullable OptionEntry settleOnPaper(OptionEntry awaitedEntry, long closeTime, long close,
            @Nullable OptionEntry nextEntry) {
        if (awaitedEntry.at() >= closeTime) {
            return nextEntry; // the option starts at or after the end of this minute
        }
        if (this.strike == 0 || closeTime > awaitedEntry.until()) {
            this.execution.onMissingCandle(context());
            return this.trader.voided();
        }
        if (closeTime < awaitedEntry.until()) {
            return nextEntry;
        }
        OptionSettlement settlement = OptionSettlement.of(awaitedEntry.direction(), this.strike, close,
                awaitedEntry.stake(), this.plan.payout(), this.plan.options().decimals());
        this.execution.onPaperSettled(context(), awaitedEntry, settlement, this.strike, close, closeTime);
        this.strike = 0;
        return this.trader.settled(settlement);
    }

    private void placeEntries(@Nullable OptionEntry first) {
        for (OptionEntry entry = first; entry != null;) {
            recordDecision(entry.at(), entry.direction().name().toLowerCase(java.util.Locale.ROOT),
                    "%s, entry %d".formatted(this.plan.options().pattern().name(), entry.level()));
            this.strike = 0;
            entry = this.execution.placeEntry(context(), entry) ? null : this.trader.voided();
        }
    }

    private void recordDecision(long decidedAt, String side, String reason) {
        Map<String, String> inputs = new LinkedHashMap<>();
        inputs.put("payout", this.plan.payout().toPlainString());
        context().ledger()
            .put(new Decision(NameBasedUuid.of(this.bot.id(), this.instrument, decidedAt, "decision"),
                    this.bot.person(), this.bot.id(), this.instrument, decidedAt, decidedAt, side, reason, inputs));
    }

    private boolean isEntryTime(long time) {
        Pattern pattern = this.plan.options().pattern();
        long block = time - pattern.entryPlace() * pattern.timeframe().millis();
        return Math.floorMod(block, pattern.blockMillis()) == 0;
    }

    private void onCycleEnded(CycleResult result) {
        this.execution.releaseRisk(context());
    }

    @Override
    public void onPrice(Candle candle, TradingContext context) {
        // Only final candles decide options.
    }

    @Override
    public void onOrderUpdate(Order order, TradingContext context) {
        this.context = context;
        context.ledger().markDelivered(order);
        if (order.isCloseRequest()) {
            context.ledger()
                .put(order.withState(OrderState.NOT_SENT, "other_account", "The bot buys options now")
                    .withDelivered(true));
            return;
        }
        OptionEntry awaitedEntry = this.trader.awaitedEntry();
        Order pendingOrder = this.execution.order();
        if (awaitedEntry == null || pendingOrder == null || !pendingOrder.id().equals(order.id())
                || order.state() == OrderState.AMBIGUOUS) {
            // Not the pending order, or ambiguous: then a user must resolve it first.
            return;
        }
        BigDecimal profit = (order.fill() != null) ? order.fill().profit() : null;
        if (order.state() == OrderState.SETTLED && profit != null) {
            OptionSettlement settlement = new OptionSettlement(switch (profit.signum()) {
                case 1 -> OptionSettlement.Result.WIN;
                case -1 -> OptionSettlement.Result.LOSS;
                default -> OptionSettlement.Result.EQUAL;
            }, profit);
            this.execution.onSettled(context, awaitedEntry, order, settlement);
            placeEntries(this.trader.settled(settlement));
        }
        else {
            this.execution.onRejected(context);
            placeEntries(this.trader.voided());
        }
    }

    @Override
    public boolean isInterestedIn(Candle candle) {
        return false;
    }

    @Override
    public boolean isBusy() {
        return this.trader.state().running() != null;
    }

    @Override
    public void stop(boolean close, TradingContext context) {
        // A running option cannot be closed, and no entry is pending.
    }

    @Override
    public long lastMinute() {
        return this.lastMinute;
    }

    @Override
    public BotInstanceSnapshot snapshot() {
        Order order = this.execution.order();
        return new BotInstanceSnapshot(this.lastMinute, SpotStrategyRunner.Snapshot.NEW,
                (order != null) ? order.id() : null, this.execution.risk(), this.trader.state(), this.strike, null,
                null);
    }

    private TradingContext context() {
        return Objects.requireNonNull(this.context, "nothing happens outside a transaction");
    }

}
