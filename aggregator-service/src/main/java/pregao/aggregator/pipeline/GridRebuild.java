package pregao.aggregator.pipeline;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

import javax.sql.DataSource;

import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import pregao.aggregator.candle.CandleRepository;
import pregao.aggregator.candle.InstrumentDay;
import pregao.aggregator.feed.FeedRegistry;
import pregao.contracts.EpochMillis;
import pregao.contracts.Instrument;
import pregao.contracts.candle.Candle;
import pregao.contracts.feed.BucketGrid;
import pregao.contracts.feed.FeedClock;
import pregao.market.candle.CandleRollup;

/**
 * Rebuilds the stored M30 to D1 candles of an instrument from its M1 candles after the
 * day zone of its feed has changed. Each step rebuilds a few days, in the transaction of
 * the cycle and under its fence. The rebuild resumes after a restart, and rebuilding a
 * day twice is idempotent. Candles that start where the new grid has no bucket are
 * removed. Not thread-safe.
 */
final class GridRebuild {

    private static final Logger log = LoggerFactory.getLogger(GridRebuild.class);

    private static final int DAYS_PER_STEP = 4;

    /** Four days of one grid have 316 candles of M30 to D1. */
    private static final int MAX_REMOVED_PER_STEP = 500;

    private static final long CHECK_INTERVAL_MILLIS = 1_000;

    private static final int NO_VERSION = -1;

    private final DataSource dataSource;

    private final CandleRepository candles;

    private final GridRepository gridRepository = new GridRepository();

    private final AssignedPartitions partitions;

    private final FeedRegistry feeds;

    private final AggregatorMetrics metrics;

    private final Map<Instrument, GridProgress> pendingRebuilds = new LinkedHashMap<>();

    private final Set<Instrument> checkedInstruments = new HashSet<>();

    private Map<String, FeedClock> dayZones = Map.of();

    private boolean assigned;

    private int partitionCount;

    private int checkedFeedVersion = NO_VERSION;

    private long lastCheckAt;

    private @Nullable GridProgress uncommittedProgress;

    GridRebuild(DataSource dataSource, CandleRepository candles, AssignedPartitions partitions, FeedRegistry feeds,
            AggregatorMetrics metrics) {
        this.dataSource = dataSource;
        this.candles = candles;
        this.partitions = partitions;
        this.feeds = feeds;
        this.metrics = metrics;
    }

    void onPartitionsAssigned(int partitionCount) {
        this.partitionCount = partitionCount;
        this.assigned = true;
        this.checkedFeedVersion = NO_VERSION;
    }

    void evict(Predicate<Instrument> filter) {
        this.pendingRebuilds.keySet()
            .removeIf((instrument) -> filter.test(instrument) && !this.partitions.owns(getPartition(instrument)));
        this.checkedInstruments
            .removeIf((instrument) -> filter.test(instrument) && !this.pendingRebuilds.containsKey(instrument));
    }

    /** Returns true if there is work even without a record. */
    boolean isDue() {
        return this.assigned && (!this.pendingRebuilds.isEmpty() || this.feeds.version() != this.checkedFeedVersion);
    }

    boolean hasPendingRebuilds() {
        return !this.pendingRebuilds.isEmpty();
    }

    /**
     * Checks whether an instrument has to be rebuilt.
     * @param now the current time, in epoch milliseconds
     */
    void checkForRebuilds(long now) throws SQLException {
        if (!this.assigned) {
            return;
        }
        int version = this.feeds.version();
        if (version != this.checkedFeedVersion) {
            Map<String, FeedClock> zones = new HashMap<>();
            this.feeds.getAll()
                .stream()
                .filter((feed) -> !feed.dayZone().isUtc())
                .forEach((feed) -> zones.put(feed.name(), feed.dayZone()));
            boolean isUnchanged = zones.equals(this.dayZones) && this.checkedFeedVersion != NO_VERSION;
            this.dayZones = zones;
            this.checkedFeedVersion = version;
            if (!isUnchanged) {
                loadPendingRebuilds();
            }
        }
        else if (now < this.lastCheckAt || now - this.lastCheckAt >= CHECK_INTERVAL_MILLIS) {
            this.lastCheckAt = now;
            if (hasUncheckedInstruments(this.dayZones)) {
                loadPendingRebuilds();
            }
        }
    }

    private boolean hasUncheckedInstruments(Map<String, FeedClock> zones) {
        return !zones.isEmpty() && this.partitions.instruments()
            .stream()
            .anyMatch((instrument) -> zones.containsKey(instrument.feed())
                    && !this.checkedInstruments.contains(instrument));
    }

    private void loadPendingRebuilds() throws SQLException {
        try (Connection connection = this.dataSource.getConnection()) {
            Map<Instrument, GridProgress> progressByInstrument = this.gridRepository.findAll(connection);
            Set<Instrument> candidates = new HashSet<>(progressByInstrument.keySet());
            for (String feed : this.dayZones.keySet()) {
                candidates.addAll(this.gridRepository.findInstruments(connection, feed));
            }
            this.partitions.instruments().forEach((instrument) -> {
                if (this.dayZones.containsKey(instrument.feed())) {
                    candidates.add(instrument);
                }
            });
            this.pendingRebuilds.clear();
            for (Instrument instrument : candidates) {
                if (this.partitions.owns(getPartition(instrument))) {
                    this.checkedInstruments.add(instrument);
                    addIfPending(instrument, progressByInstrument.get(instrument));
                }
            }
        }
        this.metrics.setPendingRebuilds(this.pendingRebuilds.size());
    }

    private void addIfPending(Instrument instrument, @Nullable GridProgress storedProgress) {
        FeedClock dayZone = this.feeds.getFeed(instrument.feed()).dayZone();
        GridProgress progress = (storedProgress != null) ? storedProgress
                : new GridProgress(instrument, FeedClock.UTC, FeedClock.UTC, Long.MAX_VALUE);
        if (progress.target().equals(dayZone) && progress.isDone()) {
            return;
        }
        boolean isResumed = progress.target().equals(dayZone);
        this.pendingRebuilds.put(instrument,
                isResumed ? progress : new GridProgress(instrument, progress.built(), dayZone, EpochMillis.FIRST));
        log.info("rebuilding M30 to D1 of {} from {} for day zone {}", instrument,
                isResumed ? java.time.Instant.ofEpochMilli(progress.next()) : "the beginning", dayZone.text());
    }

    private int getPartition(Instrument instrument) {
        return BuiltInPartitioner.partitionForKey(Utils.utf8(instrument.key()), this.partitionCount);
    }

    /**
     * Rebuilds the next days of one instrument, in the transaction of the cycle. If a
     * long period has many candles of the old grid and no minutes, the step only removes
     * some of them.
     * @param connection the connection, in the transaction
     * @param now the current time, in epoch milliseconds
     * @return the candles to store, one for each bucket of the days, and the removed ones
     */
    RebuildResult rebuildNextDays(Connection connection, long now) throws SQLException {
        this.uncommittedProgress = null;
        if (this.pendingRebuilds.isEmpty()) {
            return new RebuildResult(List.of(), List.of());
        }
        GridProgress progress = this.pendingRebuilds.values().iterator().next();
        // Until its partition is read up to now, its candles are rebuilt as forming, and
        // they close like others.
        this.partitions.getOrCreateTracker(progress.instrument(), getPartition(progress.instrument()), now);
        BucketGrid grid = BucketGrid.of(progress.target());
        List<InstrumentDay> days = findNextDays(connection, progress, grid);
        long end = days.isEmpty() ? EpochMillis.LAST : days.getLast().end();
        GridRepository.MisalignedCandles misaligned = this.gridRepository.findMisaligned(connection,
                progress.instrument(), grid, new GridRepository.Span(progress.next(), end), MAX_REMOVED_PER_STEP);
        List<Candle> removed = this.candles.remove(connection, misaligned.candles());
        List<Candle> rebuilt = List.of();
        GridProgress nextProgress;
        if (misaligned.until() < end) {
            // The days are rebuilt once all misaligned candles before them are removed.
            nextProgress = progress
                .withNext(days.isEmpty() ? misaligned.until() : Math.min(misaligned.until(), days.getFirst().day()));
        }
        else {
            rebuilt = foldDays(connection, progress, grid, days);
            nextProgress = progress.withNext(days.isEmpty() ? Long.MAX_VALUE : end);
        }
        this.gridRepository.put(connection, nextProgress);
        this.uncommittedProgress = nextProgress;
        this.metrics.recordRebuild(rebuilt.size(), removed.size());
        return new RebuildResult(rebuilt, removed);
    }

    /** Finds the next days with M1 candles. */
    private List<InstrumentDay> findNextDays(Connection connection, GridProgress progress, BucketGrid grid)
            throws SQLException {
        Long firstMinute = this.gridRepository.findFirstMinute(connection, progress.instrument(), progress.next());
        List<InstrumentDay> days = new ArrayList<>();
        if (firstMinute != null) {
            InstrumentDay day = InstrumentDay.of(progress.instrument(), grid, firstMinute);
            for (int i = 0; i < DAYS_PER_STEP; i++) {
                days.add(day);
                day = InstrumentDay.of(progress.instrument(), grid, day.end());
            }
        }
        return days;
    }

    private List<Candle> foldDays(Connection connection, GridProgress progress, BucketGrid grid,
            List<InstrumentDay> days) throws SQLException {
        Map<InstrumentDay, List<Candle>> minutesByDay = this.candles.findMinutes(connection, days);
        long closedUntil = this.partitions.closedUntil(this.partitions.getTracker(progress.instrument()));
        BucketGrid builtGrid = BucketGrid.of(progress.built());
        List<Candle> rebuilt = new ArrayList<>();
        for (InstrumentDay day : days) {
            List<Candle> dayMinutes = minutesByDay.getOrDefault(day, List.of());
            long[] openTimes = dayMinutes.stream().mapToLong(Candle::openTime).toArray();
            CandleRollup.touched(grid, dayMinutes, openTimes, closedUntil)
                .stream()
                .filter((candle) -> !(grid.isUtc(candle.timeframe()) && builtGrid.isUtc(candle.timeframe())))
                .forEach(rebuilt::add);
        }
        return rebuilt;
    }

    /** Returns the instrument of the step, whose partition fences it. */
    @Nullable Instrument getCurrentInstrument() {
        return (this.uncommittedProgress != null) ? this.uncommittedProgress.instrument() : null;
    }

    /** Records the progress of the step, once it is committed. */
    void markCommitted() {
        GridProgress progress = this.uncommittedProgress;
        if (progress == null) {
            return;
        }
        this.uncommittedProgress = null;
        if (progress.isDone()) {
            this.pendingRebuilds.remove(progress.instrument());
            this.metrics.setPendingRebuilds(this.pendingRebuilds.size());
            log.info("M30 to D1 of {} are built for day zone {}", progress.instrument(), progress.target().text());
        }
        else {
            this.pendingRebuilds.put(progress.instrument(), progress);
        }
    }

    /**
     * The result of a step.
     *
     * @param candles the candles to store
     * @param removed the removed candles of the old grid, with their next revision
     */
    record RebuildResult(List<Candle> candles, List<Candle> removed) {

        RebuildResult {
            candles = List.copyOf(candles);
            removed = List.copyOf(removed);
        }

    }

}
