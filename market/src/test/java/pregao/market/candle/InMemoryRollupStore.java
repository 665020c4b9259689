package pregao.market.candle;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Timeframe;
import pregao.contracts.candle.Candle;
import pregao.contracts.feed.BucketGrid;

/**
 * The M5 to D1 candles of one instrument, stored and closed as the aggregator does, by
 * one of the two ways to fold.
 */
final class InMemoryRollupStore {

    final Map<Bucket, CandleState> stored = new TreeMap<>();

    private final Set<Bucket> open = new HashSet<>();

    private @Nullable DailyRollup known;

    /** How many days were read. */
    private int reads;

    /** Folds what came from all minutes. */
    void straight(List<Candle> came, SortedMap<Long, Candle> minutes, long endedBy) {
        List<Long> moments = new ArrayList<>();
        takeEnded(endedBy).forEach((bucket) -> moments.add(bucket.openTime));
        came.stream()
            .filter((minute) -> !CandleRollup.leavesOut(minute))
            .forEach((candle) -> moments.add(candle.openTime()));
        put(CandleRollup.touched(BucketGrid.UTC, List.copyOf(minutes.values()),
                moments.stream().mapToLong(Long::longValue).toArray(), endedBy), endedBy);
    }

    /** Folds what came by going on from the day that is known. */
    void goingOn(List<Candle> came, SortedMap<Long, Candle> minutes, long endedBy) {
        TreeMap<Long, DayChanges> days = new TreeMap<>();
        came.forEach((candle) -> touch(days, candle.openTime()).minute(candle));
        takeEnded(endedBy).forEach((bucket) -> touch(days, bucket.openTime).ended(bucket.timeframe, bucket.openTime));
        List<Candle> longer = new ArrayList<>();
        DailyRollup before = this.known;
        for (DayChanges touch : days.values()) {
            DailyRollup.RollupResult folded = (before != null) ? before.advance(touch, endedBy) : null;
            if (folded == null && touch.isLonger()) {
                this.reads++;
                List<Candle> day = List
                    .copyOf(minutes.subMap(touch.day(), touch.day() + Timeframe.D1.millis()).values());
                folded = DailyRollup.rebuild(touch, day, before, endedBy);
            }
            if (folded != null) {
                this.known = folded.day();
                longer.addAll(folded.longer());
            }
        }
        put(longer, endedBy);
    }

    int reads() {
        return this.reads;
    }

    void forget() {
        this.known = null;
    }

    private static DayChanges touch(Map<Long, DayChanges> days, long moment) {
        return days.computeIfAbsent(Timeframe.D1.bucketStart(moment), (day) -> new DayChanges(BucketGrid.UTC, day));
    }

    private List<Bucket> takeEnded(long endedBy) {
        List<Bucket> ended = this.open.stream()
            .filter((bucket) -> bucket.openTime <= endedBy - bucket.timeframe.millis())
            .sorted()
            .toList();
        ended.forEach(this.open::remove);
        return ended;
    }

    private void put(List<Candle> longer, long endedBy) {
        for (Candle candle : longer) {
            Bucket bucket = new Bucket(candle.timeframe(), candle.openTime());
            CandleState before = this.stored.getOrDefault(bucket, CandleState.EMPTY);
            Candle stands = before.candle();
            // What is final stays final.
            boolean isFinal = candle.isFinal() || (stands != null && stands.isFinal());
            CandleRank rank = isFinal ? CandleRank.BUILT_FINAL : CandleRank.BUILT_FORMING;
            this.stored.put(bucket,
                    before.build(new CandleVersion(candle.withFinality(isFinal), rank, false), false).after());
            if (candle.isFinal() || candle.closeTime(BucketGrid.UTC) <= endedBy) {
                this.open.remove(bucket);
            }
            else {
                this.open.add(bucket);
            }
        }
    }

    /**
     * Where a candle is.
     */
    record Bucket(Timeframe timeframe, long openTime) implements Comparable<Bucket> {

        @Override
        public int compareTo(Bucket other) {
            int order = this.timeframe.compareTo(other.timeframe);
            return (order != 0) ? order : Long.compare(this.openTime, other.openTime);
        }

    }

}
