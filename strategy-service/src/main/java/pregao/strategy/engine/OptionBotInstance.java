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
 * A pattern on one instrument: an {@link OptionTrader} says what is to be bought, as in a
 * backtest. On paper an option is settled by the candle it is on, at a broker by what the
 * broker paid.
 */
public final class OptionBotInstance implements BotInstance {

    private static final long MINUTE = 60_000;

    private final Bot bot;

    private final TradingPlan.Option plan;

    private final Instrument instrument;

    private final OptionTrader trader;

    private final OptionExecution orders;

    private long lastMinute;

    private long strike;

    private @Nullable TradingContext turn;

    /**
     * A desk that goes on.
     * @param bot whose it is, with a plan for options
     * @param plan of the bot
     * @param instrument on what
     * @param state as it was stored
     * @param order that is awaited, or null
     */
    public OptionBotInstance(Bot bot, TradingPlan.Option plan, Instrument instrument, BotInstanceSnapshot state,
            @Nullable Order order) {
        this.bot = bot;
        this.plan = plan;
        this.instrument = instrument;
        this.trader = new OptionTrader(plan.options(),
                Objects.requireNonNullElse(state.option(), OptionTraderSnapshot.EMPTY), this::ended);
        this.orders = new OptionExecution(bot, plan, instrument, order, state.risk());
        this.lastMinute = state.lastMinute();
        this.strike = state.strike();
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
    public void onMinuteClosed(Candle candle, TradingContext now) {
        long time = candle.openTime();
        if (time <= this.lastMinute) {
            return;
        }
        this.lastMinute = time;
        this.turn = now;
        OptionEntry optionEntry = this.trader.minute(time, candle.open(), candle.close());
        OptionEntry awaited = this.trader.awaitedEntry();
        if (awaited != null && this.bot.isPaper() && this.orders.order() != null) {
            if (time == awaited.at()) {
                this.strike = candle.open();
            }
            optionEntry = paper(awaited, time + MINUTE, candle.close(), optionEntry);
        }
        if (optionEntry == null && isEntryTime(time + MINUTE)) {
            decide(time + MINUTE, Decision.HOLD, "the block gives no side, or a cycle runs");
        }
        buy(optionEntry);
    }

    private @Nullable OptionEntry paper(OptionEntry awaited, long end, long close, @Nullable OptionEntry optionEntry) {
        if (awaited.at() >= end) {
            return optionEntry; // it has only just been bought
        }
        if (this.strike == 0 || end > awaited.until()) {
            this.orders.onMissingCandle(turn());
            return this.trader.voided();
        }
        if (end < awaited.until()) {
            return optionEntry;
        }
        OptionSettlement settlement = OptionSettlement.of(awaited.direction(), this.strike, close, awaited.stake(),
                this.plan.payout(), this.plan.options().decimals());
        this.orders.settled(turn(), awaited, settlement, this.strike, close, end);
        this.strike = 0;
        return this.trader.settled(settlement);
    }

    private void buy(@Nullable OptionEntry first) {
        for (OptionEntry optionEntry = first; optionEntry != null;) {
            decide(optionEntry.at(), optionEntry.direction().name().toLowerCase(java.util.Locale.ROOT),
                    "%s, entry %d".formatted(this.plan.options().pattern().name(), optionEntry.level()));
            this.strike = 0;
            optionEntry = this.orders.placeEntry(turn(), optionEntry) ? null : this.trader.voided();
        }
    }

    private void decide(long at, String side, String reason) {
        Map<String, String> inputs = new LinkedHashMap<>();
        inputs.put("payout", this.plan.payout().toPlainString());
        turn().ledger()
            .put(new Decision(NameBasedUuid.of(this.bot.id(), this.instrument, at, "decision"), this.bot.person(),
                    this.bot.id(), this.instrument, at, at, side, reason, inputs));
    }

    private boolean isEntryTime(long moment) {
        Pattern pattern = this.plan.options().pattern();
        long block = moment - pattern.entryPlace() * pattern.timeframe().millis();
        return Math.floorMod(block, pattern.blockMillis()) == 0;
    }

    private void ended(CycleResult end) {
        this.orders.releaseRisk(turn());
    }

    @Override
    public void onPrice(Candle candle, TradingContext now) {
        // An option is decided by the candles it is on.
    }

    @Override
    public void onOrderUpdate(Order order, TradingContext now) {
        this.turn = now;
        now.ledger().told(order);
        if (order.isWish()) {
            now.ledger().put(order.became(OrderState.NOT_SENT, "other_account", "The bot buys options now").told(true));
            return;
        }
        OptionEntry awaited = this.trader.awaitedEntry();
        Order known = this.orders.order();
        if (awaited == null || known == null || !known.id().equals(order.id())
                || order.state() == OrderState.AMBIGUOUS) {
            return; // a person must look first
        }
        BigDecimal profit = (order.fill() != null) ? order.fill().profit() : null;
        if (order.state() == OrderState.SETTLED && profit != null) {
            OptionSettlement settlement = new OptionSettlement(switch (profit.signum()) {
                case 1 -> OptionSettlement.Result.WIN;
                case -1 -> OptionSettlement.Result.LOSS;
                default -> OptionSettlement.Result.EQUAL;
            }, profit);
            this.orders.onSettled(now, awaited, order, settlement);
            buy(this.trader.settled(settlement));
        }
        else {
            this.orders.onRejected(now);
            buy(this.trader.voided());
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
    public void stop(boolean close, TradingContext now) {
        // What runs cannot be closed, and nothing waits for a price.
    }

    @Override
    public long lastMinute() {
        return this.lastMinute;
    }

    @Override
    public BotInstanceSnapshot state() {
        Order order = this.orders.order();
        return new BotInstanceSnapshot(this.lastMinute, SpotStrategyRunner.Snapshot.NEW,
                (order != null) ? order.id() : null, this.orders.risk(), this.trader.state(), this.strike, null, null);
    }

    private TradingContext turn() {
        return Objects.requireNonNull(this.turn, "nothing happens outside a transaction");
    }

}
