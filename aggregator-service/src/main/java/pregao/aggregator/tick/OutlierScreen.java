package pregao.aggregator.tick;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import pregao.contracts.PriceBasis;
import pregao.contracts.Prices;
import pregao.contracts.tick.TickBatch;
import pregao.contracts.tick.TickChange;
import pregao.market.dataquality.Outlier;
import pregao.market.tick.MinuteTickBuffer;
import pregao.market.tick.SeedTickSelector;
import pregao.market.tick.TickNeighborhood;
import pregao.market.tick.TickPosition;

/**
 * Screens the ticks of one record and one minute one by one, and applies changes that a
 * user requests.
 */
final class OutlierScreen {

    private static final Logger log = LoggerFactory.getLogger(OutlierScreen.class);

    private final TickBatch ticks;

    private final StoredMinute minute;

    private final Set<StoredMinute> touchedMinutes;

    private final TickCache tickCache;

    private final OutlierMetrics metrics;

    private int accepted;

    private int held;

    OutlierScreen(TickBatch ticks, StoredMinute minute, Set<StoredMinute> touchedMinutes, TickCache tickCache,
            OutlierMetrics metrics) {
        this.ticks = ticks;
        this.minute = minute;
        this.touchedMinutes = touchedMinutes;
        this.tickCache = tickCache;
        this.metrics = metrics;
    }

    /**
     * Screens ticks and adds them to the minute or to its quarantine.
     * @param order the indexes of the ticks, in order of time and seq
     * @param neighbors the neighborhood of the minute
     * @return the numbers of accepted and held ticks
     */
    AddedTicks add(List<Integer> order, TickNeighborhood neighbors) {
        List<Integer> indexes = order;
        if (neighbors.isEmpty()) {
            indexes = SeedTickSelector.first(this.ticks, order);
        }
        for (int index : indexes) {
            if (!this.minute.isHeld(this.ticks, index) && this.minute.ticks().find(this.ticks, index) < 0) {
                screen(index, neighbors);
            }
        }
        return new AddedTicks(this.accepted, this.held);
    }

    private void screen(int index, TickNeighborhood neighbors) {
        Outlier outlier = (this.ticks.price(index) != 0) ? neighbors.judge(this.ticks, index) : null;
        if (outlier == null) {
            this.minute.add(this.ticks, index);
            this.accepted++;
            if (this.ticks.price(index) != 0 && neighbors.hasHeld()) {
                releaseLevel(neighbors.place(false, this.ticks, index), neighbors);
            }
            return;
        }
        hold(this.minute, toSingleTick(index), outlier);
        releaseLevel(neighbors.place(true, this.ticks, index), neighbors);
    }

    private void hold(StoredMinute storedMinute, TickBatch tick, Outlier outlier) {
        storedMinute.quarantine()
            .hold(new QuarantineRow(tick, QuarantineRow.State.HELD, outlier, this.ticks.receivedAt(), null));
        this.held++;
        this.metrics.countQuarantined();
    }

    /** Releases the held ticks of a level, and screens adjacent ticks again. */
    private void releaseLevel(TickPosition position, TickNeighborhood neighbors) {
        List<TickPosition> levelTicks = neighbors.level(position);
        List<TickBatch> released = new ArrayList<>();
        for (TickPosition levelTick : levelTicks) {
            if (levelTick.held() && ((StoredMinute) neighbors.minute(levelTick)).preservedCandle() == null) {
                released.add(readTick(neighbors, levelTick));
            }
        }
        if (released.isEmpty()) {
            return;
        }
        List<TickBatch> adjacentTicks = new ArrayList<>();
        neighbors.acceptedBeside(levelTicks).forEach((neighbor) -> adjacentTicks.add(readTick(neighbors, neighbor)));
        for (TickBatch tick : released) {
            release(touchMinute(neighbors, tick), tick, QuarantineRow.LEVEL_CHANGE);
        }
        this.metrics.countLevelChange(released.size());
        log.info("{}: {} ticks from {} on establish a new level at {} and leave quarantine",
                this.ticks.instrument().key(), released.size(), released.getFirst().time(0),
                Prices.toText(released.getLast().price(0)));
        adjacentTicks.forEach((tick) -> rescreen(tick, neighbors));
    }

    private void rescreen(TickBatch tick, TickNeighborhood neighbors) {
        TickPosition position = neighbors.place(false, tick, 0);
        Outlier outlier = neighbors.judge(position);
        if (outlier != null && neighbors.level(position).isEmpty()) {
            StoredMinute storedMinute = touchMinute(neighbors, tick);
            storedMinute.remove(tick, 0);
            hold(storedMinute, tick, outlier);
        }
    }

    private void release(StoredMinute storedMinute, TickBatch tick, String releasedBy) {
        storedMinute.add(tick, 0);
        storedMinute.quarantine()
            .release(new QuarantineRow(tick, QuarantineRow.State.RELEASED, null, this.ticks.receivedAt(), releasedBy));
        this.accepted++;
    }

    private StoredMinute touchMinute(TickNeighborhood neighbors, TickBatch tick) {
        StoredMinute storedMinute = (StoredMinute) neighbors.minuteAt(tick.time(0));
        if (this.touchedMinutes.add(storedMinute)) {
            this.tickCache.markInUse(storedMinute);
        }
        return storedMinute;
    }

    /**
     * Releases ticks, or undoes releases. Ticks that are not in quarantine are ignored.
     * @param change the change that a user requests
     * @param from the index of the first tick
     * @param to the index after the last tick
     * @param neighbors the neighborhood of the minute
     * @return the numbers of accepted and held ticks
     */
    AddedTicks change(TickChange change, int from, int to, TickNeighborhood neighbors) {
        for (int index = from; index < to; index++) {
            TickBatch tick = toSingleTick(index);
            if (change.kind() == TickChange.Kind.RELEASE && this.minute.isHeld(tick, 0)) {
                release(this.minute, tick, change.requestedBy());
                this.metrics.countReleasedByUser();
                if (tick.price(0) != 0 && neighbors.hasHeld()) {
                    releaseLevel(neighbors.place(false, tick, 0), neighbors);
                }
            }
            else if (change.kind() == TickChange.Kind.UNDO && this.minute.hasQuarantine()
                    && this.minute.quarantine().isReleased(tick, 0)) {
                this.minute.remove(tick, 0);
                this.minute.quarantine()
                    .undo(new QuarantineRow(tick, QuarantineRow.State.UNDONE, null, this.ticks.receivedAt(),
                            change.requestedBy()));
                this.metrics.countUndone();
            }
            else {
                this.metrics.countIgnored();
            }
        }
        return new AddedTicks(this.accepted, this.held);
    }

    private TickBatch toSingleTick(int index) {
        return TickBatch.of(this.ticks.instrument(), this.ticks.basis(), this.ticks.receivedAt(), 1)
            .add(this.ticks.time(index), this.ticks.seq(index), this.ticks.bid(index), this.ticks.ask(index),
                    this.ticks.last(index), this.ticks.volume(index), this.ticks.flags(index))
            .build();
    }

    private TickBatch readTick(TickNeighborhood neighbors, TickPosition position) {
        StoredMinute storedMinute = (StoredMinute) neighbors.minute(position);
        MinuteTickBuffer buffer = position.held() ? storedMinute.quarantine().held() : storedMinute.ticks();
        int index = position.index();
        PriceBasis basis = this.ticks.basis();
        return TickBatch.of(this.ticks.instrument(), basis, this.ticks.receivedAt(), 1)
            .add(buffer.time(index), buffer.seq(index), buffer.bid(index), buffer.ask(index), buffer.last(index),
                    buffer.volume(index), buffer.flags(index))
            .build();
    }

}
