package pregao.aggregator.pipeline;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import pregao.aggregator.candle.CloseBoundary;
import pregao.aggregator.close.OpenCandleTracker;
import pregao.aggregator.feed.FeedRegistry;
import pregao.aggregator.tick.AddedTicks;
import pregao.aggregator.tick.MinuteKey;
import pregao.aggregator.tick.RawTickRepository;
import pregao.aggregator.tick.StoredMinute;
import pregao.aggregator.tick.TickCache;
import pregao.aggregator.tick.TickOutliers;
import pregao.contracts.Instrument;
import pregao.contracts.Timeframe;
import pregao.contracts.candle.Candle;
import pregao.contracts.candle.CandleEvent;
import pregao.contracts.feed.Feed;
import pregao.contracts.tick.TickBatch;

/**
 * Turns a batch into a cycle: adds its ticks to their minutes, finds the candles that
 * have ended, and aggregates the minutes.
 */
final class MinuteUpdater {

    private static final Logger log = LoggerFactory.getLogger(MinuteUpdater.class);

    /**
     * The maximum number of candles that close in one cycle; the rest close in the next
     * ones.
     */
    private static final int MAX_CLOSED_PER_CYCLE = 2_000;

    /** The maximum number of minutes among them whose ticks have to be loaded. */
    private static final int MAX_LOADED_PER_CYCLE = 250;

    private final DataSource dataSource;

    private final RawTickRepository rawTicks;

    private final TickCache tickCache;

    private final AssignedPartitions partitions;

    private final FeedRegistry feeds;

    private final AggregatorMetrics metrics;

    private final TickOutliers outliers;

    MinuteUpdater(DataSource dataSource, RawTickRepository rawTicks, TickCache tickCache, AssignedPartitions partitions,
            FeedRegistry feeds, AggregatorMetrics metrics) {
        this.dataSource = dataSource;
        this.rawTicks = rawTicks;
        this.tickCache = tickCache;
        this.partitions = partitions;
        this.feeds = feeds;
        this.metrics = metrics;
        this.outliers = new TickOutliers(dataSource, rawTicks, tickCache, metrics.outliers());
    }

    AggregationCycle createCycle(DecodedBatch batch, long now) throws SQLException {
        AggregationCycle cycle = new AggregationCycle();
        List<TickRun> runs = new ArrayList<>();
        for (DecodedBatch.Partitioned<TickBatch> partitioned : batch.ticks()) {
            TickBatch ticks = partitioned.value();
            splitByMinute(ticks, this.partitions.getOrCreateTracker(ticks.instrument(), partitioned.partition(), now),
                    now, runs, cycle);
        }
        Set<Instrument> providedInstruments = new LinkedHashSet<>();
        for (DecodedBatch.Partitioned<CandleEvent> partitioned : batch.given()) {
            Instrument instrument = partitioned.value().candle().instrument();
            addProvided(partitioned.value(),
                    this.partitions.getOrCreateTracker(instrument, partitioned.partition(), now), now, cycle);
            providedInstruments.add(instrument);
        }
        for (OpenCandleTracker tracker : this.partitions.findTrackersToClose()) {
            addEndedCandles(tracker, cycle);
        }
        loadMissingMinutes(runs, cycle);
        this.outliers.startCycle();
        for (TickRun run : runs) {
            addTicks(run, cycle);
        }
        for (MinuteKey key : cycle.endedMinutes()) {
            useMinute(key, cycle);
        }
        fold(cycle, now);
        addCloseBoundaries(providedInstruments, cycle);
        return cycle;
    }

    /**
     * Adds a candle that was provided. If it is not final, it is tracked as open, because
     * it may become final by succession once it has ended.
     */
    private static void addProvided(CandleEvent event, OpenCandleTracker tracker, long now, AggregationCycle cycle) {
        Candle candle = event.candle();
        boolean isMinute = candle.timeframe() == Timeframe.M1;
        if (event.withdrawn()) {
            if (isMinute) {
                cycle.withdrawnCandles().add(candle);
            }
            return;
        }
        if (isMinute) {
            tracker.onFeedTime(candle.openTime(), now);
            cycle.providedCandles().add(candle);
        }
        if (!candle.isFinal()) {
            tracker.restore(candle.timeframe(), candle.openTime());
        }
    }

    /** Adds the close boundaries of instruments that have provided candles or ticks. */
    private void addCloseBoundaries(Set<Instrument> provided, AggregationCycle cycle) {
        Set<Instrument> affectedInstruments = new LinkedHashSet<>(provided);
        cycle.endedMinutes().forEach((key) -> affectedInstruments.add(key.instrument()));
        cycle.endedLongerCandles().forEach((ended) -> affectedInstruments.add(ended.instrument()));
        for (StoredMinute minute : cycle.minutes()) {
            if (minute.ticks().size() > 0 && this.partitions.getTracker(minute.key().instrument()).startTicking()) {
                affectedInstruments.add(minute.key().instrument());
            }
        }
        for (Instrument instrument : affectedInstruments) {
            OpenCandleTracker tracker = this.partitions.getTracker(instrument);
            long closedUntil = cycle.waitingTrackers().contains(tracker) ? 0 : computeClosedUntil(tracker);
            if (closedUntil > 0 || tracker.hasTicks()) {
                cycle.closeBoundaries().put(instrument, new CloseBoundary(instrument, closedUntil, tracker.hasTicks()));
            }
        }
    }

    /** After a silence, every candle so far is closed, but none that is still to come. */
    private long computeClosedUntil(OpenCandleTracker tracker) {
        long closedUntil = this.partitions.closedUntil(tracker);
        return Math.max(0, (closedUntil == Long.MAX_VALUE) ? tracker.feedTime() + Timeframe.D1.millis() : closedUntil);
    }

    private static void splitByMinute(TickBatch ticks, OpenCandleTracker tracker, long now, List<TickRun> runs,
            AggregationCycle cycle) {
        tracker.stopAwaiting();
        int from = 0;
        while (from < ticks.size()) {
            long minute = Timeframe.M1.bucketStart(ticks.time(from));
            long end = minute + Timeframe.M1.millis();
            long latest = ticks.time(from);
            int to = from + 1;
            while (to < ticks.size() && ticks.time(to) >= minute && ticks.time(to) < end) {
                latest = Math.max(latest, ticks.time(to));
                to++;
            }
            MinuteKey key = new MinuteKey(ticks.instrument(), minute);
            runs.add(new TickRun(tracker, key, ticks, from, to));
            cycle.latestMinutes().put(ticks.instrument(), key);
            tracker.onFeedTime(latest, now);
            from = to;
        }
    }

    /** Candles beyond the limits stay open and are due again in the next cycle. */
    private void addEndedCandles(OpenCandleTracker tracker, AggregationCycle cycle) {
        Instrument instrument = tracker.instrument();
        tracker.stopAwaiting(this.partitions.readThrough(tracker));
        boolean isComplete = tracker.drainClosed(this.partitions.getGrid(instrument),
                this.partitions.closedUntil(tracker), (timeframe, openTime) -> {
                    if (cycle.endedMinutes().size() + cycle.endedLongerCandles().size() >= MAX_CLOSED_PER_CYCLE) {
                        return false;
                    }
                    if (timeframe != Timeframe.M1) {
                        return cycle.addEndedLongerCandle(instrument, timeframe, openTime);
                    }
                    MinuteKey key = new MinuteKey(instrument, openTime);
                    if (this.tickCache.find(key) == null && cycle.countLoad() > MAX_LOADED_PER_CYCLE) {
                        return false;
                    }
                    return cycle.endedMinutes().add(key);
                });
        if (!isComplete) {
            cycle.waitingTrackers().add(tracker);
        }
    }

    /** Loads all missing minutes into the cache, with one query. */
    private void loadMissingMinutes(List<TickRun> runs, AggregationCycle cycle) throws SQLException {
        Set<Instrument> unknownInstruments = new LinkedHashSet<>();
        runs.forEach((run) -> addUnknown(run.key().instrument(), unknownInstruments));
        cycle.endedMinutes().forEach((key) -> addUnknown(key.instrument(), unknownInstruments));
        if (!unknownInstruments.isEmpty()) {
            try (Connection connection = this.dataSource.getConnection()) {
                this.rawTicks.findNewestMinutes(connection, unknownInstruments)
                    .forEach(this.tickCache::putNewestMinute);
            }
        }
        Set<MinuteKey> missingMinutes = new LinkedHashSet<>();
        runs.forEach((run) -> addMissing(run.key(), missingMinutes));
        cycle.endedMinutes().forEach((key) -> addMissing(key, missingMinutes));
        if (!missingMinutes.isEmpty()) {
            try (Connection connection = this.dataSource.getConnection()) {
                connection.setAutoCommit(false); // or the driver ignores the fetch size
                for (StoredMinute minute : this.rawTicks.load(connection, missingMinutes)) {
                    // Marked as in use, so that no other minute evicts it.
                    this.tickCache.markInUse(this.tickCache.add(minute));
                }
                connection.commit();
            }
        }
    }

    private void addUnknown(Instrument instrument, Set<Instrument> unknownInstruments) {
        if (!this.tickCache.knowsNewestMinute(instrument)) {
            unknownInstruments.add(instrument);
        }
    }

    private void addMissing(MinuteKey key, Set<MinuteKey> missingMinutes) {
        if (!missingMinutes.contains(key) && this.tickCache.find(key) == null) {
            missingMinutes.add(key);
        }
    }

    private void addTicks(TickRun run, AggregationCycle cycle) throws SQLException {
        StoredMinute minute = useMinute(run.key(), cycle);
        if (minute.preservedCandle() != null) {
            int droppedTicks = run.to() - run.from();
            this.metrics.recordDroppedTicks(droppedTicks);
            log.warn("{} ticks of {} in the minute of {} are not stored: retention dropped its other ticks",
                    droppedTicks, run.key().instrument().key(), Instant.ofEpochMilli(run.key().minute()));
            return;
        }
        int crossedBefore = minute.ticks().crossed();
        AddedTicks added = this.outliers.add(run.ticks(), run.from(), run.to(), minute, cycle.minutes());
        long end = run.key().minute() + Timeframe.M1.millis();
        boolean isLate = !run.of().isOpen(Timeframe.M1, run.key().minute()) && run.of().feedTime() >= end;
        int duplicates = Math.max(0, run.to() - run.from() - added.accepted() - added.held());
        this.metrics.recordTicks(added.accepted(), duplicates, Math.max(0, minute.ticks().crossed() - crossedBefore),
                isLate);
        this.tickCache.markInUse(minute);
    }

    private StoredMinute useMinute(MinuteKey key, AggregationCycle cycle) {
        StoredMinute minute = this.tickCache.find(key);
        if (minute == null) {
            throw new IllegalStateException("minute %s was loaded and is not in the cache".formatted(key));
        }
        cycle.minutes().add(minute);
        return minute;
    }

    private void fold(AggregationCycle cycle, long now) {
        for (StoredMinute minute : cycle.minutes()) {
            Instrument instrument = minute.key().instrument();
            Feed feed = this.feeds.getFeed(instrument.feed());
            OpenCandleTracker tracker = this.partitions.getTracker(instrument);
            boolean isEnded = minute.key().minute() + Timeframe.M1.millis() <= this.partitions.closedUntil(tracker);
            if (isEnded && minute.isDirty() && !feed.eventTime()
                    && minute.key().equals(cycle.latestMinutes().get(instrument))) {
                // The next poll may bring more: the known lag is that of the last fetch.
                isEnded = false;
                tracker.awaitMoreTicks(minute.key().minute(), now);
                cycle.waitingTrackers().add(tracker);
            }
            Candle candle = fold(minute, feed, isEnded);
            if (candle != null) {
                cycle.foldedCandles().add(candle);
            }
            else if (minute.hasRemovedTicks()) {
                cycle.emptiedMinutes().add(minute.key());
            }
        }
    }

    private static @Nullable Candle fold(StoredMinute minute, Feed feed, boolean isEnded) {
        Candle preserved = minute.preservedCandle();
        if (preserved == null) {
            return minute.ticks().fold(feed.basis(), isEnded);
        }
        return (isEnded && !preserved.isFinal()) ? preserved.asFinal() : null;
    }

    /** Consecutive ticks of one record in one minute. */
    private record TickRun(OpenCandleTracker of, MinuteKey key, TickBatch ticks, int from, int to) {
    }

}
