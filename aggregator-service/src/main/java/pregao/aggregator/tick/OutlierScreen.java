package pregao.aggregator.tick;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import pregao.contracts.Price;
import pregao.contracts.PriceBasis;
import pregao.contracts.tick.TickChange;
import pregao.contracts.tick.Ticks;
import pregao.market.quality.Doubt;
import pregao.market.tick.MinuteTicks;
import pregao.market.tick.TickNeighborhood;
import pregao.market.tick.TickPlace;
import pregao.market.tick.TickSeed;

/**
 * Judges the ticks of one record and one minute one by one, and applies changes that a
 * user requests.
 */
final class OutlierScreen {

    private static final Logger log = LoggerFactory.getLogger(OutlierScreen.class);

    private final Ticks ticks;

    private final TickMinute minute;

    private final Set<TickMinute> touched;

    private final TickMemory memory;

    private final OutlierMetrics metrics;

    private int accepted;

    private int held;

    OutlierScreen(Ticks ticks, TickMinute minute, Set<TickMinute> touched, TickMemory memory, OutlierMetrics metrics) {
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
            all = TickSeed.first(this.ticks, order);
        }
        for (int index : all) {
            if (!this.minute.isHeld(this.ticks, index) && this.minute.ticks().find(this.ticks, index) < 0) {
                judge(index, neighbors);
            }
        }
        return new AddedTicks(this.accepted, this.held);
    }

    private void judge(int index, TickNeighborhood neighbors) {
        Doubt doubt = (this.ticks.price(index) != 0) ? neighbors.judge(this.ticks, index) : null;
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

    private void hold(TickMinute of, Ticks tick, Doubt doubt) {
        of.quarantine().hold(new QuarantineRow(tick, QuarantineRow.State.HELD, doubt, this.ticks.receivedAt(), null));
        this.held++;
        this.metrics.held();
    }

    /** Releases what a level holds, and judges anew what is beside it. */
    private void settle(TickPlace place, TickNeighborhood neighbors) {
        List<TickPlace> level = neighbors.level(place);
        List<Ticks> released = new ArrayList<>();
        for (TickPlace each : level) {
            if (each.held() && ((TickMinute) neighbors.minute(each)).outliving() == null) {
                released.add(tick(neighbors, each));
            }
        }
        if (released.isEmpty()) {
            return;
        }
        List<Ticks> beside = new ArrayList<>();
        neighbors.acceptedBeside(level).forEach((each) -> beside.add(tick(neighbors, each)));
        for (Ticks tick : released) {
            release(touch(neighbors, tick), tick, QuarantineRow.LEVEL_CHANGE);
        }
        this.metrics.levelChange(released.size());
        log.info("{}: {} ticks from {} on establish a new level at {} and leave quarantine",
                this.ticks.instrument().key(), released.size(), released.getFirst().time(0),
                Price.toText(released.getLast().price(0)));
        beside.forEach((tick) -> judgeAnew(tick, neighbors));
    }

    private void judgeAnew(Ticks tick, TickNeighborhood neighbors) {
        TickPlace place = neighbors.place(false, tick, 0);
        Doubt doubt = neighbors.judge(place);
        if (doubt != null && neighbors.level(place).isEmpty()) {
            TickMinute of = touch(neighbors, tick);
            of.remove(tick, 0);
            hold(of, tick, doubt);
        }
    }

    private void release(TickMinute of, Ticks tick, String by) {
        of.add(tick, 0);
        of.quarantine()
            .release(new QuarantineRow(tick, QuarantineRow.State.RELEASED, null, this.ticks.receivedAt(), by));
        this.accepted++;
    }

    private TickMinute touch(TickNeighborhood neighbors, Ticks tick) {
        TickMinute of = (TickMinute) neighbors.minuteAt(tick.time(0));
        if (this.touched.add(of)) {
            this.memory.use(of);
        }
        return of;
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
            Ticks tick = one(index);
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

    private Ticks one(int index) {
        return Ticks.of(this.ticks.instrument(), this.ticks.basis(), this.ticks.receivedAt(), 1)
            .add(this.ticks.time(index), this.ticks.seq(index), this.ticks.bid(index), this.ticks.ask(index),
                    this.ticks.last(index), this.ticks.volume(index), this.ticks.flags(index))
            .build();
    }

    private Ticks tick(TickNeighborhood neighbors, TickPlace place) {
        TickMinute of = (TickMinute) neighbors.minute(place);
        MinuteTicks all = place.held() ? of.quarantine().held() : of.ticks();
        int index = place.index();
        PriceBasis basis = this.ticks.basis();
        return Ticks.of(this.ticks.instrument(), basis, this.ticks.receivedAt(), 1)
            .add(all.time(index), all.seq(index), all.bid(index), all.ask(index), all.last(index), all.volume(index),
                    all.flags(index))
            .build();
    }

}
