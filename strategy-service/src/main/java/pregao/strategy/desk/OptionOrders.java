package pregao.strategy.desk;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Instrument;
import pregao.contracts.Price;
import pregao.market.option.Entry;
import pregao.market.option.Settlement;
import pregao.market.risk.Reservation;
import pregao.strategy.bot.Bot;
import pregao.strategy.bot.Plan;
import pregao.strategy.desk.Desk.Turn;
import pregao.strategy.ledger.Refused;
import pregao.strategy.order.Filled;
import pregao.strategy.order.OptionTerms;
import pregao.strategy.order.Order;
import pregao.strategy.order.OrderState;
import pregao.strategy.order.Purpose;
import pregao.strategy.order.Side;
import pregao.strategy.position.Held;
import pregao.strategy.signal.NameId;
import pregao.strategy.trade.Traded;

/**
 * The orders of one desk for options: what a whole cycle can lose is put at risk before
 * its first entry, and taken back when it is over.
 */
final class OptionOrders {

    /** So long into its candle an option may still be bought. */
    private static final long VALID = 10_000;

    private final Bot bot;

    private final Plan.Option plan;

    private final Instrument instrument;

    private @Nullable Order order;

    private BigDecimal risk;

    OptionOrders(Bot bot, Plan.Option plan, Instrument instrument, @Nullable Order order, BigDecimal risk) {
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
    boolean want(Turn turn, Entry entry) {
        Order wanted = order(entry);
        Refused refused = refused(turn, entry);
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
            this.order = wanted.done(OrderState.PLACED, new Filled(null, null, null, null, null, entry.at()));
            turn.ledger().put(this.order);
        }
        turn.ledger().put(held(entry));
        return true;
    }

    /** An option on paper is over. */
    void settled(Turn turn, Entry entry, Settlement settlement, long strike, long close, long at) {
        Order ended = Objects.requireNonNull(this.order)
            .done(OrderState.SETTLED,
                    new Filled(Price.toDecimal(strike), null, BigDecimal.ZERO, settlement.profit(), null, at));
        turn.ledger().put(ended);
        over(turn, entry, ended, settlement, Price.toDecimal(strike), Price.toDecimal(close), at);
    }

    /** An option at a broker is over. */
    void told(Turn turn, Entry entry, Order ended, Settlement settlement) {
        Filled fill = Objects.requireNonNull(ended.fill());
        over(turn, entry, ended, settlement, fill.price(), null, fill.at());
    }

    private void over(Turn turn, Entry entry, Order ended, Settlement settlement, @Nullable BigDecimal strike,
            @Nullable BigDecimal close, long at) {
        turn.put(new Traded(ended.id(), this.bot.owner(), this.instrument, ended.side(), entry.at(), at, strike, close,
                ended.amount(), entry.level(), BigDecimal.ZERO, settlement.profit(), ended.amount(),
                settlement.result().name().toLowerCase(Locale.ROOT), false));
        turn.ledger().put(held(entry).over());
        // What is lost has left the balance, and is not at risk as well.
        BigDecimal lost = settlement.profit().negate().max(BigDecimal.ZERO).min(this.risk);
        turn.ledger().reserve(this.bot.account(), lost.negate());
        this.risk = this.risk.subtract(lost);
        this.order = null;
    }

    /** An option on paper whose candle is missing: its stake comes back. */
    void lost(Turn turn) {
        Order placed = Objects.requireNonNull(this.order);
        turn.ledger().put(placed.became(OrderState.CANCELLED, "no_candle", "The candle it was on is missing"));
        turn.ledger().put(held(placed).over());
        this.order = null;
    }

    /** The broker did not take it, or gave it back. */
    void forget(Turn turn) {
        Order awaited = this.order;
        if (awaited != null) {
            turn.ledger().put(held(awaited).over());
        }
        this.order = null;
    }

    /** The cycle is over. */
    void release(Turn turn) {
        turn.ledger().reserve(this.bot.account(), this.risk.negate());
        this.risk = BigDecimal.ZERO;
    }

    private @Nullable Refused refused(Turn turn, Entry entry) {
        Refused now = turn.refuses("The candle came too late to act on");
        if (now != null) {
            return now;
        }
        if (entry.level() > 0) {
            return turn.ledger().stops(this.bot.account()); // what follows is reserved
        }
        Refused resting = turn.rests(this.instrument, entry.at());
        Reservation cycle = Reservation.ofCycle(this.plan.options().stakes());
        return (resting != null) ? resting : turn.ledger().refuses(this.bot.account(), cycle, entry.at());
    }

    private Order order(Entry entry) {
        Long valid = this.bot.isPaper() ? null : (Long) (entry.at() + VALID);
        int seconds = (int) ((entry.until() - entry.at()) / 1_000);
        return new Order(NameId.of(this.bot.id(), this.instrument, entry.at(), "entry" + entry.level()),
                this.bot.owner(), this.instrument, Side.of(entry.direction()), Purpose.OPEN, entry.stake(),
                (entry.level() == 0) ? entry.risk() : BigDecimal.ZERO, entry.level(), OrderState.NEW, "", "",
                entry.at(), valid, null, new OptionTerms(seconds, this.plan.payout()), null, this.bot.isPaper());
    }

    private Held held(Entry entry) {
        return new Held(this.bot.owner(), this.instrument, Side.of(entry.direction()), entry.at(), entry.stake(), null,
                null, null, BigDecimal.ZERO);
    }

    private Held held(Order placed) {
        return new Held(this.bot.owner(), this.instrument, placed.side(), placed.decidedAt(), placed.amount(), null,
                null, null, BigDecimal.ZERO);
    }

}
