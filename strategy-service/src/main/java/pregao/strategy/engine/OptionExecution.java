package pregao.strategy.engine;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Instrument;
import pregao.contracts.Prices;
import pregao.market.option.OptionEntry;
import pregao.market.option.OptionSettlement;
import pregao.market.risk.Reservation;
import pregao.strategy.bot.Bot;
import pregao.strategy.bot.TradingPlan;
import pregao.strategy.engine.BotInstance.TradingContext;
import pregao.strategy.ledger.RiskRejection;
import pregao.strategy.order.Fill;
import pregao.strategy.order.OptionTerms;
import pregao.strategy.order.Order;
import pregao.strategy.order.OrderState;
import pregao.strategy.order.PositionEffect;
import pregao.strategy.order.Side;
import pregao.strategy.position.PositionSnapshot;
import pregao.strategy.signal.NameBasedUuid;
import pregao.strategy.trade.ClosedTrade;

/**
 * The orders of one desk for options: what a whole cycle can lose is put at risk before
 * its first entry, and taken back when it is over.
 */
final class OptionExecution {

    /** So long into its candle an option may still be bought. */
    private static final long ORDER_VALIDITY = 10_000;

    private final Bot bot;

    private final TradingPlan.Option plan;

    private final Instrument instrument;

    private @Nullable Order order;

    private BigDecimal risk;

    OptionExecution(Bot bot, TradingPlan.Option plan, Instrument instrument, @Nullable Order order, BigDecimal risk) {
        this.bot = bot;
        this.plan = plan;
        this.instrument = instrument;
        this.order = order;
        this.risk = risk;
    }

    @Nullable Order order() {
        return this.order;
    }

    BigDecimal risk() {
        return this.risk;
    }

    /** Whether an entry is bought, as far as risk allows. */
    boolean placeEntry(TradingContext turn, OptionEntry entry) {
        Order wanted = order(entry);
        RiskRejection refused = refused(turn, entry);
        if (refused != null) {
            turn.ledger().refuse(wanted, refused);
            return false;
        }
        if (entry.level() == 0) {
            this.risk = entry.risk();
            turn.ledger().reserve(this.bot.account(), this.risk);
        }
        turn.ledger().put(wanted);
        this.order = wanted;
        if (this.bot.isPaper()) {
            this.order = wanted.done(OrderState.PLACED, new Fill(null, null, null, null, null, entry.at()));
            turn.ledger().put(this.order);
        }
        turn.ledger().put(held(entry));
        return true;
    }

    /** An option on paper is over. */
    void settled(TradingContext turn, OptionEntry entry, OptionSettlement settlement, long strike, long close,
            long at) {
        Order ended = Objects.requireNonNull(this.order)
            .done(OrderState.SETTLED,
                    new Fill(Prices.toDecimal(strike), null, BigDecimal.ZERO, settlement.profit(), null, at));
        turn.ledger().put(ended);
        over(turn, entry, ended, settlement, Prices.toDecimal(strike), Prices.toDecimal(close), at);
    }

    /** An option at a broker is over. */
    void onSettled(TradingContext turn, OptionEntry entry, Order ended, OptionSettlement settlement) {
        Fill fill = Objects.requireNonNull(ended.fill());
        over(turn, entry, ended, settlement, fill.price(), null, fill.at());
    }

    private void over(TradingContext turn, OptionEntry entry, Order ended, OptionSettlement settlement,
            @Nullable BigDecimal strike, @Nullable BigDecimal close, long at) {
        turn.put(new ClosedTrade(ended.id(), this.bot.owner(), this.instrument, ended.side(), entry.at(), at, strike,
                close, ended.amount(), entry.level(), BigDecimal.ZERO, settlement.profit(), ended.amount(),
                settlement.result().name().toLowerCase(Locale.ROOT), false));
        turn.ledger().put(held(entry).over());
        // What is lost has left the balance, and is not at risk as well.
        BigDecimal lost = settlement.profit().negate().max(BigDecimal.ZERO).min(this.risk);
        turn.ledger().reserve(this.bot.account(), lost.negate());
        this.risk = this.risk.subtract(lost);
        this.order = null;
    }

    /** An option on paper whose candle is missing: its stake comes back. */
    void onMissingCandle(TradingContext turn) {
        Order placed = Objects.requireNonNull(this.order);
        turn.ledger().put(placed.became(OrderState.CANCELLED, "no_candle", "The candle it was on is missing"));
        turn.ledger().put(held(placed).over());
        this.order = null;
    }

    /** The broker did not take it, or gave it back. */
    void onRejected(TradingContext turn) {
        Order awaited = this.order;
        if (awaited != null) {
            turn.ledger().put(held(awaited).over());
        }
        this.order = null;
    }

    /** The cycle is over. */
    void releaseRisk(TradingContext turn) {
        turn.ledger().reserve(this.bot.account(), this.risk.negate());
        this.risk = BigDecimal.ZERO;
    }

    private @Nullable RiskRejection refused(TradingContext turn, OptionEntry entry) {
        RiskRejection now = turn.refuses("The candle came too late to act on");
        if (now != null) {
            return now;
        }
        if (entry.level() > 0) {
            return turn.ledger().stops(this.bot.account()); // what follows is reserved
        }
        RiskRejection resting = turn.rests(this.instrument, entry.at());
        Reservation cycle = Reservation.ofCycle(this.plan.options().stakes());
        return (resting != null) ? resting : turn.ledger().refuses(this.bot.account(), cycle, entry.at());
    }

    private Order order(OptionEntry entry) {
        Long valid = this.bot.isPaper() ? null : (Long) (entry.at() + ORDER_VALIDITY);
        int seconds = (int) ((entry.until() - entry.at()) / 1_000);
        return new Order(NameBasedUuid.of(this.bot.id(), this.instrument, entry.at(), "entry" + entry.level()),
                this.bot.owner(), this.instrument, Side.of(entry.direction()), PositionEffect.OPEN, entry.stake(),
                (entry.level() == 0) ? entry.risk() : BigDecimal.ZERO, entry.level(), OrderState.NEW, "", "",
                entry.at(), valid, null, new OptionTerms(seconds, this.plan.payout()), null, this.bot.isPaper());
    }

    private PositionSnapshot held(OptionEntry entry) {
        return new PositionSnapshot(this.bot.owner(), this.instrument, Side.of(entry.direction()), entry.at(),
                entry.stake(), null, null, null, BigDecimal.ZERO);
    }

    private PositionSnapshot held(Order placed) {
        return new PositionSnapshot(this.bot.owner(), this.instrument, placed.side(), placed.decidedAt(),
                placed.amount(), null, null, null, BigDecimal.ZERO);
    }

}
