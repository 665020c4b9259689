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
 * Turns a batch into a round: puts its ticks into their minutes, finds what has ended,
 * and folds the minutes.
 */
final class MinuteUpdater {

    private static final Logger log = LoggerFactory.getLogger(MinuteUpdater.class);

    /** So many candles close in one round at most; the rest close in the next ones. */
    private static final int MAX_ENDED = 2_000;

    /** So many of them are minutes whose ticks have to be loaded. */
    private static final int MAX_LOADED = 250;

    private final DataSource database;

    private final RawTickRepository raw;

    private final TickCache memory;

    private final AssignedPartitions owned;

    private final FeedRegistry feeds;

    private final AggregatorMetrics metrics;

    private final TickOutliers outliers;

    MinuteUpdater(DataSource database, RawTickRepository raw, TickCache memory, AssignedPartitions owned,
            FeedRegistry feeds, AggregatorMetrics metrics) {
        this.database = database;
        this.raw = raw;
        this.memory = memory;
        this.owned = owned;
        this.feeds = feeds;
        this.metrics = metrics;
        this.outliers = new TickOutliers(database, raw, memory, metrics.outliers());
    }

    AggregationCycle round(DecodedBatch batch, long now) throws SQLException {
        AggregationCycle round = new AggregationCycle();
        List<TickRun> runs = new ArrayList<>();
        for (DecodedBatch.Partitioned<TickBatch> from : batch.ticks()) {
            split(from.value(), this.owned.heard(from.value().instrument(), from.partition(), now), now, runs, round);
        }
        Set<Instrument> provided = new LinkedHashSet<>();
        for (DecodedBatch.Partitioned<CandleEvent> from : batch.given()) {
            hear(from.value(), this.owned.heard(from.value().candle().instrument(), from.partition(), now), now, round);
            provided.add(from.value().candle().instrument());
        }
        for (OpenCandleTracker tracker : this.owned.ending()) {
            takeEnded(tracker, round);
        }
        load(runs, round);
        this.outliers.begin();
        for (TickRun run : runs) {
            add(run, round);
        }
        for (MinuteKey key : round.ended()) {
            use(key, round);
        }
        fold(round, now);
        close(provided, round);
        return round;
    }

    /**
     * Takes a candle that others stored. One that is not final is open: once it has
     * ended, it may be final by succession.
     */
    private static void hear(CandleEvent event, OpenCandleTracker tracker, long now, AggregationCycle round) {
        Candle candle = event.candle();
        boolean minute = candle.timeframe() == Timeframe.M1;
        if (event.withdrawn()) {
            if (minute) {
                round.withdrawn().add(candle);
            }
            return;
        }
        if (minute) {
            tracker.onFeedTime(candle.openTime(), now);
            round.given().add(candle);
        }
        if (!candle.isFinal()) {
            tracker.restore(candle.timeframe(), candle.openTime());
        }
    }

    /**
     * Says up to when buckets are closed, of instruments that others provide or that have
     * ticks.
     */
    private void close(Set<Instrument> provided, AggregationCycle round) {
        Set<Instrument> moved = new LinkedHashSet<>(provided);
        round.ended().forEach((key) -> moved.add(key.instrument()));
        round.endedLonger().forEach((ended) -> moved.add(ended.instrument()));
        for (StoredMinute minute : round.minutes()) {
            if (minute.ticks().size() > 0 && this.owned.of(minute.key().instrument()).startTicking()) {
                moved.add(minute.key().instrument());
            }
        }
        for (Instrument instrument : moved) {
            OpenCandleTracker tracker = this.owned.of(instrument);
            long until = round.waiting().contains(tracker) ? 0 : closedUntil(tracker);
            if (until > 0 || tracker.isTicking()) {
                round.closings().put(instrument, new CloseBoundary(instrument, until, tracker.isTicking()));
            }
        }
    }

    /** After a silence all is closed that came so far, not what is still to come. */
    private long closedUntil(OpenCandleTracker tracker) {
        long endedBy = this.owned.endedBy(tracker);
        return Math.max(0, (endedBy == Long.MAX_VALUE) ? tracker.feedTime() + Timeframe.D1.millis() : endedBy);
    }

    private static void split(TickBatch ticks, OpenCandleTracker tracker, long now, List<TickRun> runs,
            AggregationCycle round) {
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
            round.latest().put(ticks.instrument(), key);
            tracker.onFeedTime(latest, now);
            from = to;
        }
    }

    /** What does not fit stays open, and is due again with the next round. */
    private void takeEnded(OpenCandleTracker tracker, AggregationCycle round) {
        Instrument instrument = tracker.instrument();
        tracker.stopAwaiting(this.owned.readThrough(tracker));
        boolean all = tracker.drainClosed(this.owned.grid(instrument), this.owned.endedBy(tracker),
                (timeframe, openTime) -> {
                    if (round.ended().size() + round.endedLonger().size() >= MAX_ENDED) {
                        return false;
                    }
                    if (timeframe != Timeframe.M1) {
                        return round.addEndedLonger(instrument, timeframe, openTime);
                    }
                    MinuteKey key = new MinuteKey(instrument, openTime);
                    if (this.memory.find(key) == null && round.countLoad() > MAX_LOADED) {
                        return false;
                    }
                    return round.ended().add(key);
                });
        if (!all) {
            round.waiting().add(tracker);
        }
    }

    /**
     * Brings every minute that is needed into memory, with one query for all.
     */
    private void load(List<TickRun> runs, AggregationCycle round) throws SQLException {
        Set<Instrument> unknown = new LinkedHashSet<>();
        runs.forEach((run) -> addUnknown(run.key().instrument(), unknown));
        round.ended().forEach((key) -> addUnknown(key.instrument(), unknown));
        if (!unknown.isEmpty()) {
            try (Connection connection = this.database.getConnection()) {
                this.raw.newest(connection, unknown).forEach(this.memory::newest);
            }
        }
        Set<MinuteKey> missing = new LinkedHashSet<>();
        runs.forEach((run) -> addMissing(run.key(), missing));
        round.ended().forEach((key) -> addMissing(key, missing));
        if (!missing.isEmpty()) {
            try (Connection connection = this.database.getConnection()) {
                connection.setAutoCommit(false); // or the driver reads all rows at once
                for (StoredMinute minute : this.raw.load(connection, missing)) {
                    // In use from here on, so that no other one drives it out.
                    this.memory.use(this.memory.keep(minute));
                }
                connection.commit();
            }
        }
    }

    private void addUnknown(Instrument instrument, Set<Instrument> unknown) {
        if (!this.memory.knows(instrument)) {
            unknown.add(instrument);
        }
    }

    private void addMissing(MinuteKey key, Set<MinuteKey> missing) {
        if (!missing.contains(key) && this.memory.find(key) == null) {
            missing.add(key);
        }
    }

    private void add(TickRun run, AggregationCycle round) throws SQLException {
        StoredMinute minute = use(run.key(), round);
        if (minute.outliving() != null) {
            int dropped = run.to() - run.from();
            this.metrics.ticksDropped(dropped);
            log.warn("{} ticks of {} in the minute of {} are not stored: retention dropped its other ticks", dropped,
                    run.key().instrument().key(), Instant.ofEpochMilli(run.key().minute()));
            return;
        }
        int crossed = minute.ticks().crossed();
        AddedTicks added = this.outliers.add(run.ticks(), run.from(), run.to(), minute, round.minutes());
        long end = run.key().minute() + Timeframe.M1.millis();
        boolean late = !run.of().isOpen(Timeframe.M1, run.key().minute()) && run.of().feedTime() >= end;
        int repeated = Math.max(0, run.to() - run.from() - added.accepted() - added.held());
        this.metrics.ticks(added.accepted(), repeated, Math.max(0, minute.ticks().crossed() - crossed), late);
        this.memory.use(minute);
    }

    private StoredMinute use(MinuteKey key, AggregationCycle round) {
        StoredMinute minute = this.memory.find(key);
        if (minute == null) {
            throw new IllegalStateException("minute %s was loaded and is not in the cache".formatted(key));
        }
        round.minutes().add(minute);
        return minute;
    }

    private void fold(AggregationCycle round, long now) {
        for (StoredMinute minute : round.minutes()) {
            Instrument instrument = minute.key().instrument();
            Feed feed = feed(instrument);
            OpenCandleTracker tracker = this.owned.of(instrument);
            boolean ended = minute.key().minute() + Timeframe.M1.millis() <= this.owned.endedBy(tracker);
            if (ended && minute.isDirty() && !feed.eventTime() && minute.key().equals(round.latest().get(instrument))) {
                // The next poll may bring more: the lag that is known is that of the last
                // fetch.
                ended = false;
                tracker.awaitRest(minute.key().minute(), now);
                round.waiting().add(tracker);
            }
            Candle candle = fold(minute, feed, ended);
            if (candle != null) {
                round.folded().add(candle);
            }
            else if (minute.hasRemoved()) {
                round.emptied().add(minute.key());
            }
        }
    }

    private static @Nullable Candle fold(StoredMinute minute, Feed feed, boolean ended) {
        Candle outliving = minute.outliving();
        if (outliving == null) {
            return minute.ticks().fold(feed.basis(), ended);
        }
        return (ended && !outliving.isFinal()) ? outliving.asFinal() : null;
    }

    private Feed feed(Instrument instrument) {
        return this.feeds.of(instrument.feed());
    }

    /**
     * Ticks of one request that follow each other in one minute.
     */
    private record TickRun(OpenCandleTracker of, MinuteKey key, TickBatch ticks, int from, int to) {
    }

}
