package pregao.market.protection;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The protections of one bot at work: judged at each trade that is over, and what follows
 * holds for its whole time, as in freqtrade. Live and in a backtest alike. Not
 * thread-safe.
 */
public final class ProtectionEngine {

    private final List<Protection> protections;

    /** So far back protections look. */
    private final long reach;

    private final List<ClosedTradeInfo> closed;

    private final List<TradingLock> locks;

    /**
     * The guard of a bot that has closed nothing.
     * @param protections none for a bot without
     */
    public ProtectionEngine(List<Protection> protections) {
        this(protections, List.of(), List.of());
    }

    /**
     * The guard of a bot that goes on.
     * @param protections none for a bot without
     * @param closed what it has closed, in order of time
     * @param locks what follows from that
     */
    public ProtectionEngine(List<Protection> protections, List<ClosedTradeInfo> closed, List<TradingLock> locks) {
        this.protections = List.copyOf(protections);
        this.reach = this.protections.stream().mapToLong(ProtectionEngine::reach).max().orElse(0);
        this.closed = new ArrayList<>(closed);
        this.locks = new ArrayList<>(locks);
    }

    private static long reach(Protection protection) {
        return switch (protection) {
            case Protection.Cooldown cooldown -> cooldown.rest().toMillis();
            case Protection.StopGuard guard -> guard.lookback().toMillis();
            case Protection.MaxDrawdown drawdown -> drawdown.lookback().toMillis();
            case Protection.LowProfit profit -> profit.lookback().toMillis();
        };
    }

    /**
     * Takes a trade that is over.
     * @param trade not before the last one
     */
    public void closed(ClosedTradeInfo trade) {
        long now = trade.at();
        this.closed.removeIf((old) -> old.at() <= now - this.reach);
        this.closed.add(trade);
        this.locks.removeIf((lock) -> lock.until() <= now);
        for (Protection protection : this.protections) {
            TradingLock lock = protection.judge(this.closed, trade.symbol(), now);
            if (lock != null) {
                this.locks.add(lock);
            }
        }
    }

    /**
     * What keeps a position from being opened.
     * @param symbol on which instrument
     * @param now epoch milliseconds
     * @return the lock that lasts longest; null where nothing does
     */
    public @Nullable TradingLock lock(String symbol, long now) {
        TradingLock longest = null;
        for (TradingLock lock : this.locks) {
            if (lock.holds(symbol, now) && (longest == null || lock.until() > longest.until())) {
                longest = lock;
            }
        }
        return longest;
    }

    /**
     * What it knows, to be kept.
     * @return trades that protections still look at, in order of time
     */
    public List<ClosedTradeInfo> closed() {
        return List.copyOf(this.closed);
    }

    /**
     * What follows from them, to be kept.
     * @return some of them may be over
     */
    public List<TradingLock> locks() {
        return List.copyOf(this.locks);
    }

}
