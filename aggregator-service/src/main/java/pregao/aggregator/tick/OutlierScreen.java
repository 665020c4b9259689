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
 * Judges the ticks of one record and one minute one by one, and applies changes that a
 * user requests.
 */
final class OutlierScreen {

    private static final Logger log = LoggerFactory.getLogger(OutlierScreen.class);

    private final TickBatch ticks;

    private final StoredMinute minute;

    private final Set<StoredMinute> touched;

    private final TickCache memory;

    private final OutlierMetrics metrics;

    private int accepted;

    private int held;

    OutlierScreen(TickBatch ticks, StoredMinute minute, Set<StoredMinute> touched, TickCache memory,
            OutlierMetrics metrics) {
        this.ticks = ticks;
        this.minute = minute;
        this.touched = touched;
        this.memory = memory;
        this.metrics = metrics;
    }

    /**
     * Judges ticks.
     * @param order of the ticks, by time and seq
     * @param neighbors of the minute
     * @return what became of them
     */
    AddedTicks add(List<Integer> order, TickNeighborhood neighbors) {
        List<Integer> all = order;
        if (neighbors.isEmpty()) {
            all = SeedTickSelector.first(this.ticks, order);
        }
        for (int index : all) {
            if (!this.minute.isHeld(this.ticks, index) && this.minute.ticks().find(this.ticks, index) < 0) {
                judge(index, neighbors);
            }
        }
        return new AddedTicks(this.accepted, this.held);
    }

    private void judge(int index, TickNeighborhood neighbors) {
        Outlier doubt = (this.ticks.price(index) != 0) ? neighbors.judge(this.ticks, index) : null;
        if (doubt == null) {
            this.minute.add(this.ticks, index);
            this.accepted++;
            if (this.ticks.price(index) != 0 && neighbors.hasHeld()) {
                settle(neighbors.place(false, this.ticks, index), neighbors);
            }
            return;
        }
        hold(this.minute, one(index), doubt);
        settle(neighbors.place(true, this.ticks, index), neighbors);
    }

    private void hold(StoredMinute storedMinute, TickBatch tick, Outlier doubt) {
        storedMinute.quarantine()
            .hold(new QuarantineRow(tick, QuarantineRow.State.HELD, doubt, this.ticks.receivedAt(), null));
        this.held++;
        this.metrics.held();
    }

    /** Releases what a level holds, and judges anew what is beside it. */
    private void settle(TickPosition place, TickNeighborhood neighbors) {
        List<TickPosition> level = neighbors.level(place);
        List<TickBatch> released = new ArrayList<>();
        for (TickPosition tickPosition : level) {
            if (tickPosition.held() && ((StoredMinute) neighbors.minute(tickPosition)).outliving() == null) {
                released.add(tick(neighbors, tickPosition));
            }
        }
        if (released.isEmpty()) {
            return;
        }
        List<TickBatch> beside = new ArrayList<>();
        neighbors.acceptedBeside(level).forEach((each) -> beside.add(tick(neighbors, each)));
        for (TickBatch tick : released) {
            release(touch(neighbors, tick), tick, QuarantineRow.LEVEL_CHANGE);
        }
        this.metrics.levelChange(released.size());
        log.info("{}: {} ticks from {} on establish a new level at {} and leave quarantine",
                this.ticks.instrument().key(), released.size(), released.getFirst().time(0),
                Prices.toText(released.getLast().price(0)));
        beside.forEach((tick) -> judgeAnew(tick, neighbors));
    }

    private void judgeAnew(TickBatch tick, TickNeighborhood neighbors) {
        TickPosition place = neighbors.place(false, tick, 0);
        Outlier doubt = neighbors.judge(place);
        if (doubt != null && neighbors.level(place).isEmpty()) {
            StoredMinute storedMinute = touch(neighbors, tick);
            storedMinute.remove(tick, 0);
            hold(storedMinute, tick, doubt);
        }
    }

    private void release(StoredMinute storedMinute, TickBatch tick, String by) {
        storedMinute.add(tick, 0);
        storedMinute.quarantine()
            .release(new QuarantineRow(tick, QuarantineRow.State.RELEASED, null, this.ticks.receivedAt(), by));
        this.accepted++;
    }

    private StoredMinute touch(TickNeighborhood neighbors, TickBatch tick) {
        StoredMinute storedMinute = (StoredMinute) neighbors.minuteAt(tick.time(0));
        if (this.touched.add(storedMinute)) {
            this.memory.use(storedMinute);
        }
        return storedMinute;
    }

    /**
     * Releases ticks, or takes releases back. What is not in quarantine stays as it is.
     * @param change what a user requests
     * @param from the first tick
     * @param to behind the last tick
     * @param neighbors of the minute
     * @return what became of the ticks
     */
    AddedTicks change(TickChange change, int from, int to, TickNeighborhood neighbors) {
        for (int index = from; index < to; index++) {
            TickBatch tick = one(index);
            if (change.kind() == TickChange.Kind.RELEASE && this.minute.isHeld(tick, 0)) {
                release(this.minute, tick, change.requestedBy());
                this.metrics.releasedByUser();
                if (tick.price(0) != 0 && neighbors.hasHeld()) {
                    settle(neighbors.place(false, tick, 0), neighbors);
                }
            }
            else if (change.kind() == TickChange.Kind.UNDO && this.minute.hasQuarantine()
                    && this.minute.quarantine().isReleased(tick, 0)) {
                this.minute.remove(tick, 0);
                this.minute.quarantine()
                    .undo(new QuarantineRow(tick, QuarantineRow.State.UNDONE, null, this.ticks.receivedAt(),
                            change.requestedBy()));
                this.metrics.undone();
            }
            else {
                this.metrics.ignored();
            }
        }
        return new AddedTicks(this.accepted, this.held);
    }

    private TickBatch one(int index) {
        return TickBatch.of(this.ticks.instrument(), this.ticks.basis(), this.ticks.receivedAt(), 1)
            .add(this.ticks.time(index), this.ticks.seq(index), this.ticks.bid(index), this.ticks.ask(index),
                    this.ticks.last(index), this.ticks.volume(index), this.ticks.flags(index))
            .build();
    }

    private TickBatch tick(TickNeighborhood neighbors, TickPosition place) {
        StoredMinute storedMinute = (StoredMinute) neighbors.minute(place);
        MinuteTickBuffer minuteTickBuffer = place.held() ? storedMinute.quarantine().held() : storedMinute.ticks();
        int index = place.index();
        PriceBasis basis = this.ticks.basis();
        return TickBatch.of(this.ticks.instrument(), basis, this.ticks.receivedAt(), 1)
            .add(minuteTickBuffer.time(index), minuteTickBuffer.seq(index), minuteTickBuffer.bid(index),
                    minuteTickBuffer.ask(index), minuteTickBuffer.last(index), minuteTickBuffer.volume(index),
                    minuteTickBuffer.flags(index))
            .build();
    }

}
