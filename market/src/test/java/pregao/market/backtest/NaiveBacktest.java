package pregao.market.backtest;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Prices;
import pregao.contracts.Timeframe;
import pregao.contracts.indicator.IndicatorConvention;
import pregao.market.indicator.IndicatorSet;

/**
 * The RSI strategy followed anew from its description, all candles first, in decimals.
 */
final class NaiveBacktest {

    private static final BigDecimal FEE = new BigDecimal("0.001");

    private static final BigDecimal HALF_SPREAD = new BigDecimal("0.00000005");

    private NaiveBacktest() {
    }

    /**
     * Trades as texts.
     * @param bars minutes
     * @param timeframe at whose closes it decides
     * @param shorts whether it sells first, too
     * @return such as {@code LONG 60000 180000 STOP -1.23}
     */
    static List<String> run(BarSeries bars, Timeframe timeframe, boolean shorts) {
        double[] said = said(bars, timeframe);
        List<String> trades = new ArrayList<>();
        int side = 0;
        int opened = 0;
        BigDecimal entry = BigDecimal.ZERO;
        for (int i = 0; i < bars.size(); i++) {
            BigDecimal open = Prices.toDecimal(bars.opens()[i]);
            int wish = (said[i] <= 40) ? 1 : (said[i] >= 60) ? -1 : 0;
            if (side != 0 && wish == -side) {
                trades.add(text(bars, side, opened, i, entry, open, "OPPOSITE"));
                side = 0;
            }
            else if (side == 0 && (wish == 1 || (wish == -1 && shorts)) && !isBeyondCap(bars, i, open, wish)) {
                side = wish;
                opened = i;
                entry = open.add(HALF_SPREAD.multiply(BigDecimal.valueOf(side)));
            }
            if (side != 0) {
                Gone gone = gone(bars, i, side, entry);
                if (gone != null) {
                    trades.add(text(bars, side, opened, i, entry, gone.at(), gone.why()));
                    side = 0;
                }
            }
        }
        if (side != 0) {
            trades.add(text(bars, side, opened, bars.size(), entry, Prices.toDecimal(bars.closes()[bars.size() - 1]),
                    "END"));
        }
        return trades;
    }

    /** An entry is at most one percent worse than the close at which it was decided. */
    private static boolean isBeyondCap(BarSeries bars, int i, BigDecimal open, int side) {
        BigDecimal decided = Prices.toDecimal(bars.closes()[i - 1]);
        BigDecimal fill = open.add(HALF_SPREAD.multiply(BigDecimal.valueOf(side)));
        BigDecimal worst = decided.multiply(new BigDecimal((side > 0) ? "1.01" : "0.99"));
        return fill.compareTo(worst) * side > 0;
    }

    private static @Nullable Gone gone(BarSeries bars, int i, int side, BigDecimal entry) {
        BigDecimal stop = (side > 0) ? below(entry, "0.97") : above(entry, "1.03");
        BigDecimal take = (side > 0) ? above(entry, "1.02") : below(entry, "0.98");
        BigDecimal open = Prices.toDecimal(bars.opens()[i]);
        BigDecimal worst = Prices.toDecimal((side > 0) ? bars.lows()[i] : bars.highs()[i]);
        BigDecimal best = Prices.toDecimal((side > 0) ? bars.highs()[i] : bars.lows()[i]);
        if (beyond(open, stop, -side)) {
            return new Gone(open, "STOP");
        }
        if (beyond(open, take, side)) {
            return new Gone(open, "TAKE");
        }
        if (beyond(worst, stop, -side)) {
            return new Gone(stop, beyond(best, take, side) ? "STOP?" : "STOP");
        }
        return beyond(best, take, side) ? new Gone(take, "TAKE") : null;
    }

    /** The RSI that is acted on at each minute's open; NaN where none is new. */
    private static double[] said(BarSeries bars, Timeframe timeframe) {
        double[] said = new double[bars.size() + 1];
        java.util.Arrays.fill(said, Double.NaN);
        IndicatorSet indicators = new IndicatorSet(IndicatorConvention.PLAIN);
        int i = 0;
        while (i < bars.size()) {
            long end = timeframe.bucketEnd(bars.times()[i]);
            long high = 0;
            long low = Long.MAX_VALUE;
            int last = i;
            for (; i < bars.size() && bars.times()[i] < end; i++) {
                high = Math.max(high, bars.highs()[i]);
                low = Math.min(low, bars.lows()[i]);
                last = i;
            }
            boolean over = i < bars.size() || bars.times()[last] + 60_000 == end;
            if (over) {
                indicators.add(high, low, bars.closes()[last]);
                said[i] = indicators.rsi();
            }
        }
        return said;
    }

    private static BigDecimal above(BigDecimal entry, String part) {
        return entry.multiply(new BigDecimal(part)).setScale(8, RoundingMode.CEILING);
    }

    private static BigDecimal below(BigDecimal entry, String part) {
        return entry.multiply(new BigDecimal(part)).setScale(8, RoundingMode.FLOOR);
    }

    private static boolean beyond(BigDecimal price, BigDecimal level, int direction) {
        return price.compareTo(level) * direction >= 0;
    }

    private static String text(BarSeries bars, int side, int opened, int closed, BigDecimal entry, BigDecimal gone,
            String why) {
        BigDecimal exit = gone.subtract(HALF_SPREAD.multiply(BigDecimal.valueOf(side)));
        BigDecimal quantity = new BigDecimal(100).divide(entry, 8, RoundingMode.DOWN);
        BigDecimal fees = fee(quantity.multiply(entry)).add(fee(quantity.multiply(exit)));
        BigDecimal profit = rounded(exit.subtract(entry).multiply(BigDecimal.valueOf(side)).multiply(quantity))
            .subtract(fees);
        long end = (closed < bars.size()) ? bars.times()[closed] : bars.times()[bars.size() - 1] + 60_000;
        return "%s %d %d %s %s".formatted((side > 0) ? "LONG" : "SHORT", bars.times()[opened], end, why, profit);
    }

    private static BigDecimal fee(BigDecimal value) {
        return rounded(rounded(value).multiply(FEE));
    }

    private static BigDecimal rounded(BigDecimal money) {
        return money.setScale(8, RoundingMode.HALF_EVEN);
    }

    private record Gone(BigDecimal at, String why) {

    }

}
