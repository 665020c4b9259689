package pregao.market.option;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import pregao.market.backtest.BarSeries;
import pregao.market.pattern.MartingaleSide;
import pregao.market.pattern.Pattern;
import pregao.market.pattern.SidePolicy;

/**
 * A pattern followed on options anew from its description, with all candles at hand and
 * text for colours.
 */
final class NaiveOptions {

    private final OptionBacktestConfig settings;

    private final Pattern pattern;

    private final Map<Long, long[]> minutes = new TreeMap<>();

    private final long length;

    private BigDecimal cash;

    private final List<String> trades = new ArrayList<>();

    private NaiveOptions(OptionBacktestConfig settings, BarSeries bars) {
        this.settings = settings;
        this.pattern = settings.plan().pattern();
        this.length = this.pattern.timeframe().millis();
        this.cash = settings.capital();
        for (int i = 0; i < bars.size(); i++) {
            this.minutes.put(bars.times()[i], new long[] { bars.opens()[i], bars.closes()[i] });
        }
    }

    /** Trades as texts, such as {@code 600000 0 CALL 900000 1.00 WIN 0.87}. */
    static List<String> run(OptionBacktestConfig settings, BarSeries bars, long last) {
        NaiveOptions naive = new NaiveOptions(settings, bars);
        long block = naive.pattern.blockMillis();
        long free = Long.MIN_VALUE;
        for (long start = Math.floorDiv(bars.times()[0], block) * block; start < last; start += block) {
            long first = start + naive.pattern.entryPlace() * naive.length;
            if (first >= free && first <= last) {
                free = naive.cycle(start, first, last, free);
            }
        }
        return naive.trades;
    }

    /** When the next one may begin. */
    private long cycle(long start, long first, long last, long before) {
        char side = side(start);
        if (side == ' ' || !this.minutes.containsKey(first - 60_000) || this.cash.compareTo(risk()) < 0) {
            return before;
        }
        BigDecimal stake = stake(0);
        for (int level = 0; level <= this.settings.plan().gales(); level++) {
            long at = first + level * this.length;
            long end = at + this.length;
            long[] open = this.minutes.get(at);
            long[] close = this.minutes.get(end - 60_000);
            if (open == null || close == null) {
                return free(at, last);
            }
            char now = gale(start, first, level, side);
            char got = (close[1] > open[0]) ? 'G' : (close[1] < open[0]) ? 'R' : 'D';
            BigDecimal profit = (got == 'D') ? BigDecimal.ZERO.setScale(2) : (got == now)
                    ? stake.multiply(this.settings.payout()).setScale(2, RoundingMode.HALF_EVEN) : stake.negate();
            this.cash = this.cash.add(profit);
            this.trades.add("%d %d %s %d %s %s %s".formatted(start, level, (now == 'G') ? "CALL" : "PUT", at, stake,
                    (got == 'D') ? "EQUAL" : (got == now) ? "WIN" : "LOSS", profit));
            boolean over = got == now || (got == 'D' && this.settings.plan().equals() == TiePolicy.STOP);
            if (over || level == this.settings.plan().gales()) {
                return end;
            }
            stake = (got == 'D' && this.settings.plan().equals() == TiePolicy.SAME_STAKE) ? stake : stake(level + 1);
        }
        throw new AssertionError("the last level ends a cycle");
    }

    /** That an entry cannot be settled is known with the first minute that shows it. */
    private long free(long at, long last) {
        if (this.minutes.containsKey(at)) {
            long end = at + this.length;
            return this.minutes.keySet().stream().filter((time) -> time + 60_000 > end).findFirst().orElse(last)
                    + 60_000;
        }
        return this.minutes.keySet().stream().filter((time) -> time > at).findFirst().orElse(last) + 60_000;
    }

    private BigDecimal stake(int level) {
        return this.settings.plan()
            .stake()
            .multiply(this.settings.plan().levels().get(level))
            .setScale(2, RoundingMode.DOWN);
    }

    private BigDecimal risk() {
        BigDecimal sum = BigDecimal.ZERO;
        for (int level = 0; level <= this.settings.plan().gales(); level++) {
            sum = sum.add(stake(level));
        }
        return sum;
    }

    private @Nullable Character colour(long time) {
        Long open = null;
        long close = 0;
        for (long minute = time; minute < time + this.length; minute += 60_000) {
            long[] candle = this.minutes.get(minute);
            if (candle != null) {
                open = (open != null) ? open : Long.valueOf(candle[0]);
                close = candle[1];
            }
        }
        return (open == null) ? null : Character.valueOf((close > open) ? 'G' : (close < open) ? 'R' : 'D');
    }

    private char side(long start) {
        for (int place = 0; place < this.pattern.needed(); place++) {
            if (colour(start + place * this.length) == null) {
                return ' ';
            }
        }
        int greens = 0;
        int reds = 0;
        for (int place : this.pattern.look()) {
            char colour = Objects.requireNonNull(colour(start + place * this.length));
            greens += (colour == 'G') ? 1 : 0;
            reds += (colour == 'R') ? 1 : 0;
        }
        int looked = this.pattern.look().size();
        if (greens + reds < looked) {
            return ' ';
        }
        SidePolicy choice = this.pattern.choice();
        boolean together = greens == looked || reds == looked;
        if ((choice == SidePolicy.REPEAT || choice == SidePolicy.OPPOSITE) && !together) {
            return ' ';
        }
        boolean most = choice == SidePolicy.MAJORITY || choice == SidePolicy.REPEAT;
        return (greens == reds) ? ' ' : ((greens > reds) == most) ? 'G' : 'R';
    }

    private char gale(long start, long first, int level, char side) {
        if (level == 0 || this.pattern.gales() == MartingaleSide.SAME) {
            return side;
        }
        Character followed = colour((this.pattern.gales() == MartingaleSide.LAST_CANDLE)
                ? first + (level - 1) * this.length : start + (this.pattern.look().getFirst() + level) * this.length);
        return (followed == null || followed == 'D') ? side : followed;
    }

}
