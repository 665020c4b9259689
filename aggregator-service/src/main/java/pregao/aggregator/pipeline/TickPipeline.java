package pregao.aggregator.pipeline;

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

import pregao.aggregator.candle.FormingCandleThrottle;
import pregao.aggregator.close.OpenCandleTracker;
import pregao.aggregator.tick.RawTickRepository;
import pregao.aggregator.tick.StoredMinute;
import pregao.aggregator.tick.TickCache;
import pregao.contracts.Instrument;
import pregao.contracts.Timeframe;
import pregao.contracts.candle.Candle;
import pregao.contracts.candle.CandleEvent;
import pregao.market.tick.MinuteTickBuffer;
import pregao.pipeline.consumer.PartitionProcessor;
import pregao.pipeline.consumer.RecordPublisher;

/**
 * One step of the loop without Kafka's consumer: a batch in, candles stored and then
 * published.
 */
final class TickPipeline implements PartitionProcessor {

    /** What was only read is remembered in the database so often. */
    private static final long LAZY_MILLIS = 5_000;

    private final RecordDecoder decoding;

    private final PartitionRecovery assignment;

    private final AssignedPartitions owned;

    private final MinuteUpdater collecting;

    private final AggregationWriter storing;

    private final RawTickRepository raw;

    private final TickCache memory;

    private final FormingCandleThrottle gate;

    private final RecordPublisher publisher;

    private final InstantSource clock;

    private final AggregatorMetrics metrics;

    private long storedAt;

    TickPipeline(RecordDecoder decoding, PartitionRecovery assignment, AssignedPartitions owned,
            MinuteUpdater collecting, AggregationWriter storing, RawTickRepository raw, TickCache memory,
            FormingCandleThrottle gate, RecordPublisher publisher, InstantSource clock, AggregatorMetrics metrics) {
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
    public boolean onPartitionsAssigned(Consumer<String, byte[]> consumer, Collection<TopicPartition> partitions,
            int partitionCount) throws SQLException {
        this.assignment.take(consumer, partitions, partitionCount);
        this.storing.assigned(partitionCount);
        return true;
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
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
    public long nextDeadline() {
        return this.storing.isRebuildDue() ? this.clock.millis() : Long.MAX_VALUE;
    }

    @Override
    public long nextCloseTime(int partition) {
        return this.owned.nextClose(partition);
    }

    @Override
    public void onReadThrough(int partition, long moment) {
        this.owned.readThrough(partition, moment);
    }

    @Override
    public void process(Iterable<ConsumerRecord<String, byte[]>> records) throws SQLException {
        DecodedBatch batch = this.decoding.decode(records);
        long now = this.clock.millis();
        long start = System.nanoTime();
        this.owned.positions().advance(batch.next());
        AggregationCycle round = this.collecting.round(batch, now);
        this.storing.lookForRebuilds(now);
        boolean lazy = batch.isForgettable() && now - this.storedAt < LAZY_MILLIS;
        List<CandleEvent> events = new ArrayList<>();
        if (!round.isEmpty() || this.storing.isRebuilding() || (!lazy && !this.owned.moves(List.of()).isEmpty())) {
            AggregationWriter.Result result = this.storing.store(round, now);
            this.storedAt = now;
            this.owned.positions().markCommitted();
            remember(round, result);
            offer(round, result.stored(), events);
            result.withdrawn().forEach((candle) -> withdraw(candle, events));
            this.metrics.round(System.nanoTime() - start);
        }
        this.owned.settle();
        forget(this.owned.forgetIdle(now));
        events.addAll(this.gate.pollDue(now));
        this.publisher.publish(events.stream().map(CandleRecordFactory::of).toList());
        events.forEach(this::measure);
    }

    private void withdraw(Candle candle, List<CandleEvent> events) {
        if (candle.timeframe() == Timeframe.M1) {
            this.gate.discard(candle);
        }
        events.add(CandleEvent.withdrawn(candle));
    }

    private void remember(AggregationCycle round, AggregationWriter.Result result) {
        List<StoredMinute> dirty = round.minutes().stream().filter(StoredMinute::isDirty).toList();
        this.raw.markStored(dirty);
        this.memory.release(round.minutes());
        round.folded().forEach(this::remember);
        result.longer().candles().forEach(this::remember);
        result.rebuilt().forEach(this::remember);
    }

    private void remember(Candle candle) {
        OpenCandleTracker openCandleTracker = this.owned.of(candle.instrument());
        openCandleTracker.track(candle, this.owned.grid(candle.instrument()), this.owned.endedBy(openCandleTracker));
    }

    /**
     * Final candles and longer ones go out at once, forming minutes through the gate.
     */
    private void offer(AggregationCycle round, List<Candle> stored, List<CandleEvent> events) {
        Map<Instrument, Map<Long, MinuteTickBuffer>> quotes = new HashMap<>();
        for (StoredMinute minute : round.minutes()) {
            quotes.computeIfAbsent(minute.key().instrument(), (instrument) -> new HashMap<>())
                .put(minute.key().minute(), minute.ticks());
        }
        for (Candle candle : stored) {
            this.metrics.stored(candle);
            if (candle.timeframe() == Timeframe.M1 && !candle.isFinal()) {
                MinuteTickBuffer ticks = quotes.getOrDefault(candle.instrument(), Map.of()).get(candle.openTime());
                this.gate.offer((ticks != null) ? withQuote(candle, ticks) : CandleEvent.of(candle));
                continue;
            }
            if (candle.timeframe() == Timeframe.M1) {
                this.gate.discard(candle);
            }
            events.add(CandleEvent.of(candle));
        }
    }

    private static CandleEvent withQuote(Candle candle, MinuteTickBuffer ticks) {
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
