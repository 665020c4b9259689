package pregao.market.protection;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Something that stops a bot, or one of its instruments, for a while. Those that
 * freqtrade has, with its meaning:
 * https://www.freqtrade.io/en/stable/plugins/#protections.
 */
public sealed interface Protection {

    /**
     * What follows from the trades so far.
     * @param closed of one bot, in order of time
     * @param symbol which instrument is asked for
     * @param now epoch milliseconds
     * @return null where nothing does
     */
    @Nullable TradingLock judge(List<ClosedTradeInfo> closed, String symbol, long now);

    /**
     * After each trade its instrument rests.
     *
     * @param rest for how long
     */
    record Cooldown(Duration rest) implements Protection {

        public Cooldown {
            above(rest, "rest");
        }

        @Override
        public @Nullable TradingLock judge(List<ClosedTradeInfo> closed, String symbol, long now) {
            List<ClosedTradeInfo> own = of(symbol, closed);
            return own.isEmpty() ? null : lock(symbol, own, this.rest, now, "rests after a trade");
        }

    }

    /**
     * Too many stops in a while.
     *
     * @param lookback in which time
     * @param limit how many stops are too many
     * @param rest for how long nothing is opened
     * @param bySymbol whether instruments are judged and stopped one by one
     */
    record StopGuard(Duration lookback, int limit, Duration rest, boolean bySymbol) implements Protection {

        public StopGuard {
            above(lookback, "lookback");
            above(rest, "rest");
            atLeastOne(limit);
        }

        @Override
        public @Nullable TradingLock judge(List<ClosedTradeInfo> closed, String symbol, long now) {
            List<ClosedTradeInfo> stops = since(closed, this.lookback, now).stream()
                .filter((one) -> one.stopped() && one.profit().signum() < 0
                        && (!this.bySymbol || one.symbol().equals(symbol)))
                .toList();
            return (stops.size() < this.limit) ? null : lock(this.bySymbol ? symbol : null, stops, this.rest, now,
                    "%d stops within %s".formatted(stops.size(), this.lookback));
        }

    }

    /**
     * Too deep a fall of all trades together in a while.
     *
     * @param lookback in which time
     * @param least how many trades there must be
     * @param most how deep it may be, as a part of what was put in
     * @param rest for how long nothing is opened
     */
    record MaxDrawdown(Duration lookback, int least, BigDecimal most, Duration rest) implements Protection {

        public MaxDrawdown {
            above(lookback, "lookback");
            above(rest, "rest");
            atLeastOne(least);
            if (most.signum() <= 0) {
                throw new IllegalArgumentException("most must be above 0, not " + most);
            }
        }

        @Override
        public @Nullable TradingLock judge(List<ClosedTradeInfo> closed, String symbol, long now) {
            List<ClosedTradeInfo> recent = since(closed, this.lookback, now);
            if (recent.size() < this.least) {
                return null;
            }
            BigDecimal sum = BigDecimal.ZERO;
            BigDecimal peak = BigDecimal.ZERO;
            BigDecimal fall = BigDecimal.ZERO;
            for (ClosedTradeInfo one : recent) {
                sum = sum.add(one.profit());
                peak = peak.max(sum);
                fall = fall.max(peak.subtract(sum));
            }
            return (fall.compareTo(this.most) <= 0) ? null
                    : lock(null, recent, this.rest, now, "a fall of %s within %s".formatted(fall, this.lookback));
        }

    }

    /**
     * Too little profit on one instrument in a while.
     *
     * @param lookback in which time
     * @param least how many trades there must be
     * @param required what they must bring together, as a part of what was put in
     * @param rest for how long nothing is opened on it
     */
    record LowProfit(Duration lookback, int least, BigDecimal required, Duration rest) implements Protection {

        public LowProfit {
            above(lookback, "lookback");
            above(rest, "rest");
            atLeastOne(least);
        }

        @Override
        public @Nullable TradingLock judge(List<ClosedTradeInfo> closed, String symbol, long now) {
            List<ClosedTradeInfo> own = of(symbol, since(closed, this.lookback, now));
            if (own.size() < this.least) {
                return null;
            }
            BigDecimal sum = own.stream().map(ClosedTradeInfo::profit).reduce(BigDecimal.ZERO, BigDecimal::add);
            return (sum.compareTo(this.required) >= 0) ? null
                    : lock(symbol, own, this.rest, now, "%s within %s".formatted(sum, this.lookback));
        }

    }

    private static @Nullable TradingLock lock(@Nullable String symbol, List<ClosedTradeInfo> cause, Duration rest,
            long now, String reason) {
        long until = cause.getLast().at() + rest.toMillis();
        return (now < until) ? new TradingLock(symbol, until, reason) : null;
    }

    private static List<ClosedTradeInfo> since(List<ClosedTradeInfo> closed, Duration lookback, long now) {
        long begin = now - lookback.toMillis();
        return closed.stream().filter((one) -> one.at() > begin).collect(Collectors.toList());
    }

    private static List<ClosedTradeInfo> of(String symbol, List<ClosedTradeInfo> closed) {
        return closed.stream().filter((one) -> one.symbol().equals(symbol)).toList();
    }

    private static void above(Duration duration, String field) {
        if (!duration.isPositive()) {
            throw new IllegalArgumentException("%s must be above 0, not %s".formatted(field, duration));
        }
    }

    private static void atLeastOne(int number) {
        if (number < 1) {
            throw new IllegalArgumentException("how many must be at least 1, not " + number);
        }
    }

}
