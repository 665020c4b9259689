package pregao.aggregator.loop;

import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

import pregao.aggregator.candle.FormingGate;
import pregao.aggregator.closing.OpenCandles;
import pregao.aggregator.tick.RawStore;
import pregao.aggregator.tick.TickMemory;
import pregao.aggregator.tick.TickMinute;
import pregao.contracts.Instrument;
import pregao.contracts.Timeframe;
import pregao.contracts.candle.Candle;
import pregao.contracts.candle.CandleEvent;
import pregao.loop.Publisher;
import pregao.loop.Work;
import pregao.market.tick.MinuteTicks;

/**
 * One step of the loop without Kafka's consumer: a batch in, candles stored and then
 * published.
 */
final class Aggregation implements Work {

    /** What was only read is remembered in the database so often. */
    private static final long LAZY_MILLIS = 5_000;

    private final Decoding decoding;

    private final Assignment assignment;

    private final Ownership owned;

    private final Collecting collecting;

    private final Storing storing;

    private final RawStore raw;

    private final TickMemory memory;

    private final FormingGate gate;

    private final Publisher publisher;

    private final InstantSource clock;

    private final AggregatorMetrics metrics;

    private long storedAt;

    Aggregation(Decoding decoding, Assignment assignment, Ownership owned, Collecting collecting, Storing storing,
            RawStore raw, TickMemory memory, FormingGate gate, Publisher publisher, InstantSource clock,
            AggregatorMetrics metrics) {
        this.decoding = decoding;
        this.assignment = assignment;
        this.owned = owned;
        this.collecting = collecting;
        this.storing = storing;
        this.raw = raw;
        this.memory = memory;
        this.gate = gate;
        this.publisher = publisher;
        this.clock = clock;
        this.metrics = metrics;
    }

    @Override
    public boolean take(Consumer<String, byte[]> consumer, Collection<TopicPartition> partitions, int partitionCount)
            throws SQLException {
        this.assignment.take(consumer, partitions, partitionCount);
        this.storing.assigned(partitionCount);
        return true;
    }

    @Override
    public void forget(Collection<TopicPartition> partitions) {
        forget(this.owned.disown(partitions));
    }

    private void forget(Set<Instrument> gone) {
        if (!gone.isEmpty()) {
            this.memory.forget(gone::contains);
            this.storing.forget(gone::contains);
            this.gate.forget(gone::contains);
        }
    }

    @Override
    public long nextDue() {
        return this.storing.isRebuildDue() ? this.clock.millis() : Long.MAX_VALUE;
    }

    @Override
    public long nextClose(int partition) {
        return this.owned.nextClose(partition);
    }

    @Override
    public void readThrough(int partition, long moment) {
        this.owned.readThrough(partition, moment);
    }

    @Override
    public void step(Iterable<ConsumerRecord<String, byte[]>> records) throws SQLException {
        Batch batch = this.decoding.decode(records);
        long now = this.clock.millis();
        long start = System.nanoTime();
        this.owned.positions().read(batch.next());
        Round round = this.collecting.round(batch, now);
        this.storing.lookForRebuilds(now);
        boolean lazy = batch.isForgettable() && now - this.storedAt < LAZY_MILLIS;
        List<CandleEvent> events = new ArrayList<>();
        if (!round.isEmpty() || this.storing.isRebuilding() || (!lazy && !this.owned.moves(List.of()).isEmpty())) {
            Storing.Result result = this.storing.store(round, now);
            this.storedAt = now;
            this.owned.positions().moved();
            remember(round, result);
            offer(round, result.stored(), events);
            result.withdrawn().forEach((candle) -> withdraw(candle, events));
            this.metrics.round(System.nanoTime() - start);
        }
        this.owned.settle();
        forget(this.owned.forgetIdle(now));
        events.addAll(this.gate.take(now));
        this.publisher.publish(events.stream().map(CandleRecords::of).toList());
        events.forEach(this::measure);
    }

    private void withdraw(Candle candle, List<CandleEvent> events) {
        if (candle.timeframe() == Timeframe.M1) {
            this.gate.closed(candle);
        }
        events.add(CandleEvent.withdrawn(candle));
    }

    private void remember(Round round, Storing.Result result) {
        List<TickMinute> dirty = round.minutes().stream().filter(TickMinute::isDirty).toList();
        this.raw.markStored(dirty);
        this.memory.release(round.minutes());
        round.folded().forEach(this::remember);
        result.longer().candles().forEach(this::remember);
        result.rebuilt().forEach(this::remember);
    }

    private void remember(Candle candle) {
        OpenCandles of = this.owned.of(candle.instrument());
        of.folded(candle, this.owned.grid(candle.instrument()), this.owned.endedBy(of));
    }

    /**
     * Final candles and longer ones go out at once, forming minutes through the gate.
     */
    private void offer(Round round, List<Candle> stored, List<CandleEvent> events) {
        Map<Instrument, Map<Long, MinuteTicks>> quotes = new HashMap<>();
        for (TickMinute minute : round.minutes()) {
            quotes.computeIfAbsent(minute.key().instrument(), (instrument) -> new HashMap<>())
                .put(minute.key().minute(), minute.ticks());
        }
        for (Candle candle : stored) {
            this.metrics.stored(candle);
            if (candle.timeframe() == Timeframe.M1 && !candle.complete()) {
                MinuteTicks ticks = quotes.getOrDefault(candle.instrument(), Map.of()).get(candle.openTime());
                this.gate.offer((ticks != null) ? withQuote(candle, ticks) : CandleEvent.of(candle));
                continue;
            }
            if (candle.timeframe() == Timeframe.M1) {
                this.gate.closed(candle);
            }
            events.add(CandleEvent.of(candle));
        }
    }

    private static CandleEvent withQuote(Candle candle, MinuteTicks ticks) {
        int last = ticks.size() - 1;
        boolean quoted = ticks.bid(last) != 0 && ticks.ask(last) != 0;
        return quoted ? new CandleEvent(candle, ticks.bid(last), ticks.ask(last)) : CandleEvent.of(candle);
    }

    private void measure(CandleEvent event) {
        Candle candle = event.candle();
        if (candle.timeframe() == Timeframe.M1 && candle.revision() == 1) {
            long delay = this.clock.millis() - (candle.openTime() + Timeframe.M1.millis());
            if (delay >= 0 && delay < Timeframe.M5.millis()) {
                this.metrics.closed(delay);
            }
        }
    }

}
