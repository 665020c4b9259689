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
 * Puts ticks into their minutes, but for outliers, which go into quarantine. What it
 * decides depends on the order of the records in the topic, and on nothing else. For one
 * thread.
 */
public final class TickOutliers {

    /** More than this is not read where most ticks have no price. */
    private static final int MAX_PARTS = 2_000;

    private final DataSource database;

    private final RawTickRepository raw;

    private final TickCache memory;

    private final OutlierMetrics metrics;

    private final Map<Instrument, Map<Long, Neighbors>> neighbors = new HashMap<>();

    private final TickRange range = new TickRange();

    /**
     * A rule that has judged nothing yet.
     * @param database to read neighbors from
     * @param raw the stored ticks
     * @param memory the minutes at hand
     * @param metrics counts what is held and released
     */
    public TickOutliers(DataSource database, RawTickRepository raw, TickCache memory, OutlierMetrics metrics) {
        this.database = database;
        this.raw = raw;
        this.memory = memory;
        this.metrics = metrics;
    }

    /**
     * Begins a round: forgets minutes that may have left the memory.
     */
    public void begin() {
        this.neighbors.clear();
    }

    /**
     * Takes ticks of one record and one minute.
     * @param ticks the record
     * @param from the first tick
     * @param to behind the last tick
     * @param minute of the ticks, in memory
     * @param touched takes other minutes that change
     * @return what became of the ticks
     * @throws SQLException if the database refuses
     */
    public AddedTicks add(TickBatch ticks, int from, int to, StoredMinute minute, Set<StoredMinute> touched)
            throws SQLException {
        TickChange change = ticks.change();
        if (change == null && isCalm(ticks, from, to, minute)) {
            int accepted = 0;
            for (int i = from; i < to; i++) {
                accepted += minute.add(ticks, i) ? 1 : 0;
            }
            return new AddedTicks(accepted, 0);
        }
        OutlierScreen screen = new OutlierScreen(ticks, minute, touched, this.memory, this.metrics);
        if (change != null) {
            this.memory.calm(ticks.instrument(), null);
            AddedTicks added = screen.change(change, from, to, neighbors(ticks.basis(), minute, touched).ticks());
            this.neighbors.remove(ticks.instrument());
            return added;
        }
        Neighbors around = neighbors(ticks.basis(), minute, touched);
        AddedTicks added = screen.add(order(ticks, from, to), around.ticks());
        if (this.range.measure(ticks, from, to)) {
            PlausibleRange calm = around.ticks()
                .calm(this.range.first(), this.range.last(), around.fromStart(), around.toEnd());
            if (calm != null || added.held() > 0) {
                this.memory.calm(ticks.instrument(), calm);
            }
        }
        return added;
    }

    private boolean isCalm(TickBatch ticks, int from, int to, StoredMinute minute) {
        if (minute.size() == 0) {
            this.neighbors.remove(ticks.instrument());
        }
        PlausibleRange calm = this.memory.calm(ticks.instrument());
        if (calm == null || minute.hasHeld() || !this.range.measure(ticks, from, to)) {
            return false;
        }
        boolean admitted = calm.admits(this.range.first(), this.range.last(), this.range.low(), this.range.high());
        if (admitted) {
            calm.extend(this.range.low(), this.range.high());
        }
        return admitted;
    }

    private static List<Integer> order(TickBatch ticks, int from, int to) {
        Comparator<Integer> order = Comparator.<Integer>comparingLong(ticks::time).thenComparingInt(ticks::seq);
        return IntStream.range(from, to).boxed().sorted(order).toList();
    }

    private Neighbors neighbors(PriceBasis basis, StoredMinute minute, Set<StoredMinute> touched) throws SQLException {
        Map<Long, Neighbors> known = this.neighbors.computeIfAbsent(minute.key().instrument(),
                (instrument) -> new HashMap<>());
        Neighbors found = known.get(minute.key().minute());
        if (found == null || found.basis() != basis) {
            int parts = OutlierRule.NEIGHBORS;
            found = read(basis, minute, touched, parts);
            while (basis == PriceBasis.LAST && parts < MAX_PARTS && found.isShort(minute.key().minute())) {
                parts *= 4;
                found = read(basis, minute, touched, parts);
            }
            known.put(minute.key().minute(), found);
        }
        return found;
    }

    private Neighbors read(PriceBasis basis, StoredMinute minute, Set<StoredMinute> touched, int parts)
            throws SQLException {
        try (Connection connection = this.database.getConnection()) {
            NeighboringMinutes around = this.raw.around(connection, minute.key(), parts);
            for (StoredMinute storedMinute : touched) {
                if (storedMinute.key().instrument().equals(minute.key().instrument()) && storedMinute.size() > 0) {
                    around.add(storedMinute.key().minute());
                }
            }
            return new Neighbors(basis, new TickNeighborhood(load(connection, minute, around.minutes()), basis),
                    around.isFromStart(), around.isToEnd());
        }
    }

    private List<StoredMinute> load(Connection connection, StoredMinute minute, SortedSet<Long> starts)
            throws SQLException {
        Map<Long, StoredMinute> minutes = new HashMap<>();
        List<MinuteKey> missing = new ArrayList<>();
        for (long start : starts) {
            MinuteKey key = new MinuteKey(minute.key().instrument(), start);
            StoredMinute storedMinute = (start == minute.key().minute()) ? minute : this.memory.find(key);
            if (storedMinute != null) {
                minutes.put(start, storedMinute);
            }
            else {
                missing.add(key);
            }
        }
        if (!missing.isEmpty()) {
            for (StoredMinute loaded : this.raw.load(connection, missing)) {
                minutes.put(loaded.key().minute(), this.memory.keep(loaded));
            }
        }
        List<StoredMinute> ordered = new ArrayList<>(minutes.values());
        ordered.sort(Comparator.comparingLong((each) -> each.key().minute()));
        return ordered;
    }

    /**
     * The neighborhood of a minute.
     *
     * @param basis which price is judged
     * @param ticks of the minutes around
     * @param fromStart whether nothing is before them
     * @param toEnd whether nothing is behind them
     */
    private record Neighbors(PriceBasis basis, TickNeighborhood ticks, boolean fromStart, boolean toEnd) {

        boolean isShort(long minute) {
            return (!this.fromStart && this.ticks.pricesBefore(minute) < OutlierRule.NEIGHBORS)
                    || (!this.toEnd && this.ticks.pricesAfter(minute) < OutlierRule.NEIGHBORS);
        }

    }

}
