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
final class LongerStore {

    final Map<Bucket, CandleState> stored = new TreeMap<>();

    private final Set<Bucket> open = new HashSet<>();

    private @Nullable DayFold known;

    /** How many days were read. */
    private int reads;

    /** Folds what came from all minutes. */
    void straight(List<Candle> came, SortedMap<Long, Candle> minutes, long endedBy) {
        List<Long> moments = new ArrayList<>();
        takeEnded(endedBy).forEach((each) -> moments.add(each.openTime));
        came.stream().filter((minute) -> !RollUp.leavesOut(minute)).forEach((each) -> moments.add(each.openTime()));
        put(RollUp.touched(BucketGrid.UTC, List.copyOf(minutes.values()),
                moments.stream().mapToLong(Long::longValue).toArray(), endedBy), endedBy);
    }

    /** Folds what came by going on from the day that is known. */
    void goingOn(List<Candle> came, SortedMap<Long, Candle> minutes, long endedBy) {
        TreeMap<Long, DayTouch> days = new TreeMap<>();
        came.forEach((each) -> touch(days, each.openTime()).minute(each));
        takeEnded(endedBy).forEach((each) -> touch(days, each.openTime).ended(each.timeframe, each.openTime));
        List<Candle> longer = new ArrayList<>();
        DayFold before = this.known;
        for (DayTouch touch : days.values()) {
            DayFold.Folded folded = (before != null) ? before.after(touch, endedBy) : null;
            if (folded == null && touch.isLonger()) {
                this.reads++;
                List<Candle> day = List
                    .copyOf(minutes.subMap(touch.day(), touch.day() + Timeframe.D1.millis()).values());
                folded = DayFold.whole(touch, day, before, endedBy);
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

    private static DayTouch touch(Map<Long, DayTouch> days, long moment) {
        return days.computeIfAbsent(Timeframe.D1.bucketStart(moment), (day) -> new DayTouch(BucketGrid.UTC, day));
    }

    private List<Bucket> takeEnded(long endedBy) {
        List<Bucket> ended = this.open.stream()
            .filter((each) -> each.openTime <= endedBy - each.timeframe.millis())
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
            boolean isFinal = candle.complete() || (stands != null && stands.complete());
            CandleRank rank = isFinal ? CandleRank.BUILT_FINAL : CandleRank.BUILT_FORMING;
            this.stored.put(bucket,
                    before.build(new CandleVersion(candle.withFinality(isFinal), rank, false), false).after());
            if (candle.complete() || candle.closeTime(BucketGrid.UTC) <= endedBy) {
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
