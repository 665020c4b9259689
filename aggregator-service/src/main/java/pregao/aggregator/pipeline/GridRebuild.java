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
 * Rebuilds the stored M30 to D1 of an instrument from its M1 after the day zone of its
 * feed has changed: a few days a step, in the transaction of the step and under its
 * fence. It goes on where it was after a restart, and a day that is rebuilt twice is the
 * same. Candles that start where the new grid has no bucket are removed. For one thread.
 */
final class GridRebuild {

    private static final Logger log = LoggerFactory.getLogger(GridRebuild.class);

    private static final int DAYS_A_STEP = 4;

    /** Four days of one grid have 316 candles of M30 to D1. */
    private static final int MOST_REMOVED_A_STEP = 500;

    private static final long LOOK_MILLIS = 1_000;

    private static final int NEVER = -1;

    private final DataSource database;

    private final CandleRepository candles;

    private final GridRepository grids = new GridRepository();

    private final AssignedPartitions owned;

    private final FeedRegistry feeds;

    private final AggregatorMetrics metrics;

    private final Map<Instrument, GridProgress> pending = new LinkedHashMap<>();

    private final Set<Instrument> known = new HashSet<>();

    private Map<String, FeedClock> zones = Map.of();

    private boolean assigned;

    private int partitionCount;

    private int version = NEVER;

    private long lookedAt;

    private @Nullable GridProgress next;

    GridRebuild(DataSource database, CandleRepository candles, AssignedPartitions owned, FeedRegistry feeds,
            AggregatorMetrics metrics) {
        this.database = database;
        this.candles = candles;
        this.owned = owned;
        this.feeds = feeds;
        this.metrics = metrics;
    }

    void assigned(int partitions) {
        this.partitionCount = partitions;
        this.assigned = true;
        this.version = NEVER;
    }

    void forget(Predicate<Instrument> which) {
        this.pending.keySet()
            .removeIf((instrument) -> which.test(instrument) && !this.owned.owns(partition(instrument)));
        this.known.removeIf((each) -> which.test(each) && !this.pending.containsKey(each));
    }

    /**
     * Returns whether there is work without a record.
     */
    boolean isDue() {
        return this.assigned && (!this.pending.isEmpty() || this.feeds.version() != this.version);
    }

    boolean isPending() {
        return !this.pending.isEmpty();
    }

    /**
     * Looks whether anything has to be rebuilt.
     * @param now epoch milliseconds
     */
    void look(long now) throws SQLException {
        if (!this.assigned) {
            return;
        }
        int seen = this.feeds.version();
        if (seen != this.version) {
            Map<String, FeedClock> wanted = new HashMap<>();
            this.feeds.all()
                .stream()
                .filter((feed) -> !feed.dayZone().isUtc())
                .forEach((feed) -> wanted.put(feed.name(), feed.dayZone()));
            boolean isSame = wanted.equals(this.zones) && this.version != NEVER;
            this.zones = wanted;
            this.version = seen;
            if (!isSame) {
                find();
            }
        }
        else if (now < this.lookedAt || now - this.lookedAt >= LOOK_MILLIS) {
            this.lookedAt = now;
            if (hasNew(this.zones)) {
                find();
            }
        }
    }

    private boolean hasNew(Map<String, FeedClock> wanted) {
        return !wanted.isEmpty() && this.owned.instruments()
            .stream()
            .anyMatch((instrument) -> wanted.containsKey(instrument.feed()) && !this.known.contains(instrument));
    }

    private void find() throws SQLException {
        try (Connection connection = this.database.getConnection()) {
            Map<Instrument, GridProgress> all = this.grids.all(connection);
            Set<Instrument> looked = new HashSet<>(all.keySet());
            for (String feed : this.zones.keySet()) {
                looked.addAll(this.grids.instruments(connection, feed));
            }
            this.owned.instruments().forEach((each) -> {
                if (this.zones.containsKey(each.feed())) {
                    looked.add(each);
                }
            });
            this.pending.clear();
            for (Instrument instrument : looked) {
                if (this.owned.owns(partition(instrument))) {
                    this.known.add(instrument);
                    add(instrument, all.get(instrument));
                }
            }
        }
        this.metrics.rebuilds(this.pending.size());
    }

    private void add(Instrument instrument, @Nullable GridProgress progress) {
        FeedClock wanted = this.feeds.of(instrument.feed()).dayZone();
        GridProgress gridProgress = (progress != null) ? progress
                : new GridProgress(instrument, FeedClock.UTC, FeedClock.UTC, Long.MAX_VALUE);
        if (gridProgress.target().equals(wanted) && gridProgress.isDone()) {
            return;
        }
        boolean resumes = gridProgress.target().equals(wanted);
        this.pending.put(instrument,
                resumes ? gridProgress : new GridProgress(instrument, gridProgress.built(), wanted, EpochMillis.FIRST));
        log.info("rebuilding M30 to D1 of {} from {} for day zone {}", instrument,
                resumes ? java.time.Instant.ofEpochMilli(gridProgress.next()) : "the beginning", wanted.text());
    }

    private int partition(Instrument instrument) {
        return BuiltInPartitioner.partitionForKey(Utils.utf8(instrument.key()), this.partitionCount);
    }

    /**
     * Rebuilds the next days of one instrument, in the transaction of the step. Where a
     * long time has many candles of the old grid and no minutes, it only removes some.
     * @param connection in the transaction
     * @param now epoch milliseconds
     * @return candles to be put, of each bucket that the days hold one, and those that
     * are gone
     */
    RebuildResult step(Connection connection, long now) throws SQLException {
        this.next = null;
        if (this.pending.isEmpty()) {
            return new RebuildResult(List.of(), List.of());
        }
        GridProgress gridProgress = this.pending.values().iterator().next();
        // Until its partition is read to now, its candles are rebuilt as forming, and
        // close as others do.
        this.owned.heard(gridProgress.instrument(), partition(gridProgress.instrument()), now);
        BucketGrid grid = BucketGrid.of(gridProgress.target());
        List<InstrumentDay> days = days(connection, gridProgress, grid);
        long end = days.isEmpty() ? EpochMillis.LAST : days.getLast().end();
        GridRepository.MisalignedCandles off = this.grids.offGrid(connection, gridProgress.instrument(), grid,
                new GridRepository.Span(gridProgress.next(), end), MOST_REMOVED_A_STEP);
        List<Candle> removed = this.candles.remove(connection, off.candles());
        List<Candle> rebuilt = List.of();
        GridProgress after;
        if (off.until() < end) {
            // Its days are rebuilt once all before them is removed.
            after = gridProgress.at(days.isEmpty() ? off.until() : Math.min(off.until(), days.getFirst().day()));
        }
        else {
            rebuilt = fold(connection, gridProgress, grid, days);
            after = gridProgress.at(days.isEmpty() ? Long.MAX_VALUE : end);
        }
        this.grids.put(connection, after);
        this.next = after;
        this.metrics.rebuilt(rebuilt.size(), removed.size());
        return new RebuildResult(rebuilt, removed);
    }

    /** The next days with minutes. */
    private List<InstrumentDay> days(Connection connection, GridProgress gridProgress, BucketGrid grid)
            throws SQLException {
        Long first = this.grids.firstMinute(connection, gridProgress.instrument(), gridProgress.next());
        List<InstrumentDay> days = new ArrayList<>();
        if (first != null) {
            InstrumentDay day = InstrumentDay.of(gridProgress.instrument(), grid, first);
            for (int i = 0; i < DAYS_A_STEP; i++) {
                days.add(day);
                day = InstrumentDay.of(gridProgress.instrument(), grid, day.end());
            }
        }
        return days;
    }

    private List<Candle> fold(Connection connection, GridProgress gridProgress, BucketGrid grid,
            List<InstrumentDay> days) throws SQLException {
        Map<InstrumentDay, List<Candle>> minutes = this.candles.minutes(connection, days);
        long endedBy = this.owned.endedBy(this.owned.of(gridProgress.instrument()));
        BucketGrid before = BucketGrid.of(gridProgress.built());
        List<Candle> rebuilt = new ArrayList<>();
        for (InstrumentDay day : days) {
            List<Candle> ofDay = minutes.getOrDefault(day, List.of());
            long[] all = ofDay.stream().mapToLong(Candle::openTime).toArray();
            CandleRollup.touched(grid, ofDay, all, endedBy)
                .stream()
                .filter((candle) -> !(grid.isUtc(candle.timeframe()) && before.isUtc(candle.timeframe())))
                .forEach(rebuilt::add);
        }
        return rebuilt;
    }

    /**
     * Returns the instrument of the step, whose partition fences it.
     */
    @Nullable Instrument current() {
        return (this.next != null) ? this.next.instrument() : null;
    }

    /**
     * Remembers what was rebuilt, once it is committed.
     */
    void committed() {
        GridProgress after = this.next;
        if (after == null) {
            return;
        }
        this.next = null;
        if (after.isDone()) {
            this.pending.remove(after.instrument());
            this.metrics.rebuilds(this.pending.size());
            log.info("M30 to D1 of {} are built for day zone {}", after.instrument(), after.target().text());
        }
        else {
            this.pending.put(after.instrument(), after);
        }
    }

    /**
     * What a step did.
     *
     * @param candles to be put
     * @param removed candles of the old grid that are gone, with the next revision
     */
    record RebuildResult(List<Candle> candles, List<Candle> removed) {

        RebuildResult {
            candles = List.copyOf(candles);
            removed = List.copyOf(removed);
        }

    }

}
