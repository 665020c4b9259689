package pregao.market.option;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Timeframe;
import pregao.market.option.OptionTraderSnapshot.Minute;
import pregao.market.option.OptionTraderSnapshot.Running;
import pregao.market.pattern.CandleColors;
import pregao.market.pattern.Direction;
import pregao.market.pattern.Pattern;
import pregao.market.pattern.PatternEvaluator;

/**
 * One pattern on one instrument, minute by minute: at most one cycle, each entry said as
 * the candle before it is final, live and in a backtest alike. A candle and the
 * settlement of the entry in it may come in either order. Not thread-safe.
 */
public final class OptionTrader {

    private static final long MINUTE = Timeframe.M1.millis();

    private final OptionStrategyConfig plan;

    private final Pattern pattern;

    private final PatternEvaluator reading;

    private final Consumer<CycleResult> ends;

    private final Deque<Minute> minutes;

    private long considered;

    private @Nullable Running running;

    /**
     * A trader that goes on.
     * @param plan what it bets
     * @param state what it knew, or {@link OptionTraderSnapshot#EMPTY}
     * @param ends hears of each cycle that is over
     */
    public OptionTrader(OptionStrategyConfig plan, OptionTraderSnapshot state, Consumer<CycleResult> ends) {
        this.plan = plan;
        this.pattern = plan.pattern();
        this.reading = new PatternEvaluator(this.pattern, plan.gales());
        this.ends = ends;
        this.minutes = new ArrayDeque<>(state.minutes());
        this.considered = state.considered();
        this.running = state.running();
    }

    /**
     * What it knows now.
     * @return to be kept
     */
    public OptionTraderSnapshot state() {
        return new OptionTraderSnapshot(List.copyOf(this.minutes), this.considered, this.running);
    }

    /**
     * Takes the next final M1 candle.
     * @param time it opened, epoch milliseconds
     * @param open units of 1e-8
     * @param close units of 1e-8
     * @return what is to be bought at its end, or null
     * @throws IllegalArgumentException where it is not behind the last one
     */
    public @Nullable OptionEntry minute(long time, long open, long close) {
        if (!Timeframe.M1.isAligned(time) || time < now()) {
            throw new IllegalArgumentException("open times ascend by whole minutes, not " + time);
        }
        this.minutes.addLast(new Minute(time, open, close));
        long reach = time - this.pattern.reach(this.plan.gales()) - this.pattern.timeframe().millis();
        while (this.minutes.getFirst().time() < reach) {
            this.minutes.removeFirst();
        }
        return next();
    }

    /**
     * Takes how the entry that was said last ended.
     * @param settlement of it
     * @return what is to be bought now, or null
     */
    public @Nullable OptionEntry settled(OptionSettlement settlement) {
        Running before = awaited();
        MartingaleCycle cycle = before.cycle().settled(settlement);
        if (cycle.state() == MartingaleCycle.State.OPEN) {
            this.running = new Running(before.direction(), cycle, before.entry(), false);
        }
        else {
            end(before, cycle, CycleResult.Reason.SETTLED);
        }
        return next();
    }

    /**
     * Takes that the entry that was said last was not bought, or that nobody knows how it
     * ended.
     * @return what is to be bought now, or null
     */
    public @Nullable OptionEntry voided() {
        Running before = awaited();
        end(before, before.cycle(), CycleResult.Reason.VOID);
        return next();
    }

    /**
     * The entry of which nobody has said yet how it ended.
     * @return null where none is awaited
     */
    public @Nullable OptionEntry awaitedEntry() {
        return (this.running != null && this.running.awaited()) ? this.running.entry() : null;
    }

    private Running awaited() {
        if (this.running == null || !this.running.awaited()) {
            throw new IllegalStateException("no entry is awaited");
        }
        return this.running;
    }

    private @Nullable OptionEntry next() {
        Running before = this.running;
        if (before != null) {
            if (before.awaited() || now() < before.entry().until()) {
                return null;
            }
            if (now() == before.entry().until()) {
                return follow(before);
            }
            end(before, before.cycle(), CycleResult.Reason.MISSED);
        }
        return begin();
    }

    private @Nullable OptionEntry follow(Running before) {
        long block = before.entry().block();
        Direction side = this.reading.side(colours(), block, before.cycle().level());
        return say(block, before.direction(), Objects.requireNonNull(side), before.cycle());
    }

    private @Nullable OptionEntry begin() {
        long block = now() - this.pattern.entryPlace() * this.pattern.timeframe().millis();
        if (now() <= this.considered || Math.floorMod(block, this.pattern.blockMillis()) != 0) {
            return null;
        }
        this.considered = now();
        Direction side = this.reading.side(colours(), block, 0);
        return (side != null) ? say(block, side, side, this.plan.begin()) : null;
    }

    private OptionEntry say(long block, Direction first, Direction side, MartingaleCycle cycle) {
        this.considered = now(); // a settlement that comes before its candle begins
                                 // nothing at a time that is past
        OptionEntry entry = new OptionEntry(block, cycle.level(), now(), now() + this.pattern.timeframe().millis(),
                side, cycle.stake(), cycle.risk());
        this.running = new Running(first, cycle, entry, true);
        return entry;
    }

    private void end(Running over, MartingaleCycle cycle, CycleResult.Reason reason) {
        this.running = null;
        this.ends.accept(new CycleResult(over.entry().block(), over.direction(), cycle, reason));
    }

    /** The end of the last minute. */
    private long now() {
        return this.minutes.isEmpty() ? Long.MIN_VALUE : this.minutes.getLast().time() + MINUTE;
    }

    /** The minutes as candles of the pattern. */
    private CandleColors colours() {
        Timeframe timeframe = this.pattern.timeframe();
        int size = this.minutes.size();
        long[] times = new long[size];
        long[] opens = new long[size];
        long[] closes = new long[size];
        int count = 0;
        for (Minute minute : this.minutes) {
            long start = timeframe.bucketStart(minute.time());
            if (count == 0 || times[count - 1] != start) {
                times[count] = start;
                opens[count++] = minute.open();
            }
            closes[count - 1] = minute.close();
        }
        return CandleColors.of(timeframe, java.util.Arrays.copyOf(times, count), java.util.Arrays.copyOf(opens, count),
                java.util.Arrays.copyOf(closes, count));
    }

}
