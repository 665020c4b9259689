package pregao.strategy.desk;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Instrument;
import pregao.contracts.candle.Candle;
import pregao.market.option.CycleEnd;
import pregao.market.option.Entry;
import pregao.market.option.OptionState;
import pregao.market.option.OptionTrader;
import pregao.market.option.Settlement;
import pregao.market.pattern.Pattern;
import pregao.market.spot.Trader;
import pregao.strategy.bot.Bot;
import pregao.strategy.bot.Plan;
import pregao.strategy.order.Order;
import pregao.strategy.order.OrderState;
import pregao.strategy.signal.Decision;
import pregao.strategy.signal.NameId;

/**
 * A pattern on one instrument: an {@link OptionTrader} says what is to be bought, as in a
 * backtest. On paper an option is settled by the candle it is on, at a broker by what the
 * broker paid.
 */
public final class OptionDesk implements Desk {

    private static final long MINUTE = 60_000;

    private final Bot bot;

    private final Plan.Option plan;

    private final Instrument instrument;

    private final OptionTrader trader;

    private final OptionOrders orders;

    private long lastMinute;

    private long strike;

    private @Nullable Turn turn;

    /**
     * A desk that goes on.
     * @param bot whose it is, with a plan for options
     * @param plan of the bot
     * @param instrument on what
     * @param state as it was stored
     * @param order that is awaited, or null
     */
    public OptionDesk(Bot bot, Plan.Option plan, Instrument instrument, DeskState state, @Nullable Order order) {
        this.bot = bot;
        this.plan = plan;
        this.instrument = instrument;
        this.trader = new OptionTrader(plan.options(), Objects.requireNonNullElse(state.option(), OptionState.EMPTY),
                this::ended);
        this.orders = new OptionOrders(bot, plan, instrument, order, state.risk());
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
    public void minute(Candle candle, Turn now) {
        long time = candle.openTime();
        if (time <= this.lastMinute) {
            return;
        }
        this.lastMinute = time;
        this.turn = now;
        Entry said = this.trader.minute(time, candle.open(), candle.close());
        Entry awaited = this.trader.awaitedEntry();
        if (awaited != null && this.bot.isPaper() && this.orders.order() != null) {
            if (time == awaited.at()) {
                this.strike = candle.open();
            }
            said = paper(awaited, time + MINUTE, candle.close(), said);
        }
        if (said == null && isEntryTime(time + MINUTE)) {
            decide(time + MINUTE, Decision.HOLD, "the block gives no side, or a cycle runs");
        }
        buy(said);
    }

    private @Nullable Entry paper(Entry awaited, long end, long close, @Nullable Entry said) {
        if (awaited.at() >= end) {
            return said; // it has only just been bought
        }
        if (this.strike == 0 || end > awaited.until()) {
            this.orders.lost(turn());
            return this.trader.voided();
        }
        if (end < awaited.until()) {
            return said;
        }
        Settlement settlement = Settlement.of(awaited.direction(), this.strike, close, awaited.stake(),
                this.plan.payout(), this.plan.options().decimals());
        this.orders.settled(turn(), awaited, settlement, this.strike, close, end);
        this.strike = 0;
        return this.trader.settled(settlement);
    }

    private void buy(@Nullable Entry first) {
        for (Entry said = first; said != null;) {
            decide(said.at(), said.direction().name().toLowerCase(java.util.Locale.ROOT),
                    "%s, entry %d".formatted(this.plan.options().pattern().name(), said.level()));
            this.strike = 0;
            said = this.orders.want(turn(), said) ? null : this.trader.voided();
        }
    }

    private void decide(long at, String side, String reason) {
        Map<String, String> inputs = new LinkedHashMap<>();
        inputs.put("payout", this.plan.payout().toPlainString());
        turn().ledger()
            .put(new Decision(NameId.of(this.bot.id(), this.instrument, at, "decision"), this.bot.person(),
                    this.bot.id(), this.instrument, at, at, side, reason, inputs));
    }

    private boolean isEntryTime(long moment) {
        Pattern pattern = this.plan.options().pattern();
        long block = moment - pattern.entryPlace() * pattern.timeframe().millis();
        return Math.floorMod(block, pattern.blockMillis()) == 0;
    }

    private void ended(CycleEnd end) {
        this.orders.release(turn());
    }

    @Override
    public void price(Candle candle, Turn now) {
        // An option is decided by the candles it is on.
    }

    @Override
    public void told(Order order, Turn now) {
        this.turn = now;
        now.ledger().told(order);
        if (order.isWish()) {
            now.ledger().put(order.became(OrderState.NOT_SENT, "other_account", "The bot buys options now").told(true));
            return;
        }
        Entry awaited = this.trader.awaitedEntry();
        Order known = this.orders.order();
        if (awaited == null || known == null || !known.id().equals(order.id())
                || order.state() == OrderState.AMBIGUOUS) {
            return; // a person must look first
        }
        BigDecimal profit = (order.fill() != null) ? order.fill().profit() : null;
        if (order.state() == OrderState.SETTLED && profit != null) {
            Settlement settlement = new Settlement(switch (profit.signum()) {
                case 1 -> Settlement.Result.WIN;
                case -1 -> Settlement.Result.LOSS;
                default -> Settlement.Result.EQUAL;
            }, profit);
            this.orders.told(now, awaited, order, settlement);
            buy(this.trader.settled(settlement));
        }
        else {
            this.orders.forget(now);
            buy(this.trader.voided());
        }
    }

    @Override
    public boolean heeds(Candle candle) {
        return false;
    }

    @Override
    public boolean isBusy() {
        return this.trader.state().running() != null;
    }

    @Override
    public void stop(boolean close, Turn now) {
        // What runs cannot be closed, and nothing waits for a price.
    }

    @Override
    public long lastMinute() {
        return this.lastMinute;
    }

    @Override
    public DeskState state() {
        Order order = this.orders.order();
        return new DeskState(this.lastMinute, Trader.State.NEW, (order != null) ? order.id() : null, this.orders.risk(),
                this.trader.state(), this.strike, null, null);
    }

    private Turn turn() {
        return Objects.requireNonNull(this.turn, "nothing happens outside a transaction");
    }

}
