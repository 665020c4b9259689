package pregao.market.backtest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One step of walking forward: what was best in one time is tried in the next, which it
 * has not seen.
 *
 * @param begin of what is learned from, epoch milliseconds
 * @param split where learning ends and trying begins, epoch milliseconds
 * @param end of what is tried, exclusive, epoch milliseconds
 */
public record WalkForwardFold(long begin, long split, long end) {

    private static final int MAX_COUNT = 1_000;

    public WalkForwardFold {
        if (begin >= split || split >= end) {
            throw new IllegalArgumentException(
                    "a fold learns before it tries: %d, %d, %d".formatted(begin, split, end));
        }
    }

    /**
     * The folds of a time; what is tried follows without gaps.
     * @param begin inclusive, epoch milliseconds
     * @param end exclusive, epoch milliseconds
     * @param learn how long each learns
     * @param attempt how long each tries; the last one what is left
     * @return none where the time is too short
     */
    public static List<WalkForwardFold> of(long begin, long end, Duration learn, Duration attempt) {
        if (!learn.isPositive() || !attempt.isPositive()) {
            throw new IllegalArgumentException(
                    "learning and trying take time, not %s and %s".formatted(learn, attempt));
        }
        List<WalkForwardFold> folds = new ArrayList<>();
        for (long split = begin + learn.toMillis(); split < end; split += attempt.toMillis()) {
            if (folds.size() == MAX_COUNT) {
                throw new IllegalArgumentException("more than %d folds".formatted(MAX_COUNT));
            }
            folds.add(new WalkForwardFold(split - learn.toMillis(), split, Math.min(end, split + attempt.toMillis())));
        }
        return folds;
    }

}
