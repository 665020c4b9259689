package pregao.aggregator.tick;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.stream.IntStream;

import javax.sql.DataSource;

import pregao.contracts.Instrument;
import pregao.contracts.PriceBasis;
import pregao.contracts.tick.TickBatch;
import pregao.contracts.tick.TickChange;
import pregao.market.dataquality.OutlierRule;
import pregao.market.dataquality.PlausibleRange;
import pregao.market.tick.TickNeighborhood;
import pregao.market.tick.TickRange;

/**
 * Adds ticks to their minutes, except for outliers, which go into quarantine. Decisions
 * depend on the order of the records in the topic, and on nothing else. Not thread-safe.
 */
public final class TickOutliers {

    /** The maximum number of parts to read if most ticks have no price. */
    private static final int MAX_PARTS = 2_000;

    private final DataSource dataSource;

    private final RawTickRepository rawTicks;

    private final TickCache tickCache;

    private final OutlierMetrics metrics;

    private final Map<Instrument, Map<Long, Neighbors>> neighborsByInstrument = new HashMap<>();

    private final TickRange tickRange = new TickRange();

    /**
     * Creates an instance that has screened nothing yet.
     * @param dataSource the database to read neighbors from
     * @param rawTicks the stored ticks
     * @param tickCache the cached minutes
     * @param metrics counts held and released ticks
     */
    public TickOutliers(DataSource dataSource, RawTickRepository rawTicks, TickCache tickCache,
            OutlierMetrics metrics) {
        this.dataSource = dataSource;
        this.rawTicks = rawTicks;
        this.tickCache = tickCache;
        this.metrics = metrics;
    }

    /**
     * Starts a cycle: drops neighborhoods whose minutes may have been evicted.
     */
    public void startCycle() {
        this.neighborsByInstrument.clear();
    }

    /**
     * Adds ticks of one record and one minute.
     * @param ticks the record
     * @param from the index of the first tick
     * @param to the index after the last tick
     * @param minute the minute of the ticks, which is cached
     * @param touchedMinutes collects other minutes that change
     * @return the numbers of accepted and held ticks
     * @throws SQLException if a query fails
     */
    public AddedTicks add(TickBatch ticks, int from, int to, StoredMinute minute, Set<StoredMinute> touchedMinutes)
            throws SQLException {
        TickChange change = ticks.change();
        if (change == null && isPlausible(ticks, from, to, minute)) {
            int accepted = 0;
            for (int i = from; i < to; i++) {
                accepted += minute.add(ticks, i) ? 1 : 0;
            }
            return new AddedTicks(accepted, 0);
        }
        OutlierScreen screen = new OutlierScreen(ticks, minute, touchedMinutes, this.tickCache, this.metrics);
        if (change != null) {
            this.tickCache.setPlausibleRange(ticks.instrument(), null);
            AddedTicks added = screen.change(change, from, to,
                    getNeighbors(ticks.basis(), minute, touchedMinutes).ticks());
            this.neighborsByInstrument.remove(ticks.instrument());
            return added;
        }
        Neighbors neighbors = getNeighbors(ticks.basis(), minute, touchedMinutes);
        AddedTicks added = screen.add(sortByTime(ticks, from, to), neighbors.ticks());
        if (this.tickRange.measure(ticks, from, to)) {
            PlausibleRange plausibleRange = neighbors.ticks()
                .calm(this.tickRange.first(), this.tickRange.last(), neighbors.fromStart(), neighbors.toEnd());
            if (plausibleRange != null || added.held() > 0) {
                this.tickCache.setPlausibleRange(ticks.instrument(), plausibleRange);
            }
        }
        return added;
    }

    private boolean isPlausible(TickBatch ticks, int from, int to, StoredMinute minute) {
        if (minute.size() == 0) {
            this.neighborsByInstrument.remove(ticks.instrument());
        }
        PlausibleRange plausibleRange = this.tickCache.plausibleRange(ticks.instrument());
        if (plausibleRange == null || minute.hasHeld() || !this.tickRange.measure(ticks, from, to)) {
            return false;
        }
        boolean isAdmitted = plausibleRange.admits(this.tickRange.first(), this.tickRange.last(), this.tickRange.low(),
                this.tickRange.high());
        if (isAdmitted) {
            plausibleRange.extend(this.tickRange.low(), this.tickRange.high());
        }
        return isAdmitted;
    }

    private static List<Integer> sortByTime(TickBatch ticks, int from, int to) {
        Comparator<Integer> comparator = Comparator.<Integer>comparingLong(ticks::time).thenComparingInt(ticks::seq);
        return IntStream.range(from, to).boxed().sorted(comparator).toList();
    }

    private Neighbors getNeighbors(PriceBasis basis, StoredMinute minute, Set<StoredMinute> touchedMinutes)
            throws SQLException {
        Map<Long, Neighbors> neighborsByMinute = this.neighborsByInstrument.computeIfAbsent(minute.key().instrument(),
                (instrument) -> new HashMap<>());
        Neighbors neighbors = neighborsByMinute.get(minute.key().minute());
        if (neighbors == null || neighbors.basis() != basis) {
            int parts = OutlierRule.NEIGHBORS;
            neighbors = readNeighbors(basis, minute, touchedMinutes, parts);
            while (basis == PriceBasis.LAST && parts < MAX_PARTS && neighbors.isShort(minute.key().minute())) {
                parts *= 4;
                neighbors = readNeighbors(basis, minute, touchedMinutes, parts);
            }
            neighborsByMinute.put(minute.key().minute(), neighbors);
        }
        return neighbors;
    }

    private Neighbors readNeighbors(PriceBasis basis, StoredMinute minute, Set<StoredMinute> touchedMinutes, int parts)
            throws SQLException {
        try (Connection connection = this.dataSource.getConnection()) {
            NeighboringMinutes neighboringMinutes = this.rawTicks.findNeighbors(connection, minute.key(), parts);
            for (StoredMinute storedMinute : touchedMinutes) {
                if (storedMinute.key().instrument().equals(minute.key().instrument()) && storedMinute.size() > 0) {
                    neighboringMinutes.add(storedMinute.key().minute());
                }
            }
            return new Neighbors(basis,
                    new TickNeighborhood(load(connection, minute, neighboringMinutes.minutes()), basis),
                    neighboringMinutes.reachesStart(), neighboringMinutes.reachesEnd());
        }
    }

    private List<StoredMinute> load(Connection connection, StoredMinute minute, SortedSet<Long> minuteStarts)
            throws SQLException {
        Map<Long, StoredMinute> minutes = new HashMap<>();
        List<MinuteKey> missing = new ArrayList<>();
        for (long minuteStart : minuteStarts) {
            MinuteKey key = new MinuteKey(minute.key().instrument(), minuteStart);
            StoredMinute storedMinute = (minuteStart == minute.key().minute()) ? minute : this.tickCache.find(key);
            if (storedMinute != null) {
                minutes.put(minuteStart, storedMinute);
            }
            else {
                missing.add(key);
            }
        }
        if (!missing.isEmpty()) {
            for (StoredMinute loaded : this.rawTicks.load(connection, missing)) {
                minutes.put(loaded.key().minute(), this.tickCache.add(loaded));
            }
        }
        List<StoredMinute> ordered = new ArrayList<>(minutes.values());
        ordered.sort(Comparator.comparingLong((storedMinute) -> storedMinute.key().minute()));
        return ordered;
    }

    /**
     * The neighborhood of a minute.
     *
     * @param basis the price that is screened
     * @param ticks the ticks of the minutes around
     * @param fromStart whether no ticks exist before them
     * @param toEnd whether no ticks exist after them
     */
    private record Neighbors(PriceBasis basis, TickNeighborhood ticks, boolean fromStart, boolean toEnd) {

        boolean isShort(long minute) {
            return (!this.fromStart && this.ticks.pricesBefore(minute) < OutlierRule.NEIGHBORS)
                    || (!this.toEnd && this.ticks.pricesAfter(minute) < OutlierRule.NEIGHBORS);
        }

    }

}
