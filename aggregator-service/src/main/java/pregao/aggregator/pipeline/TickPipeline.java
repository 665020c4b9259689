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
 * Processes a poll of the tick pipeline: decodes the records, stores the candles, and
 * then publishes them.
 */
final class TickPipeline implements PartitionProcessor {

    /** Offsets without results are stored only this often. */
    private static final long LAZY_COMMIT_INTERVAL_MILLIS = 5_000;

    private final RecordDecoder decoder;

    private final PartitionRecovery recovery;

    private final AssignedPartitions assignedPartitions;

    private final MinuteUpdater minuteUpdater;

    private final AggregationWriter writer;

    private final RawTickRepository rawTicks;

    private final TickCache tickCache;

    private final FormingCandleThrottle throttle;

    private final RecordPublisher publisher;

    private final InstantSource clock;

    private final AggregatorMetrics metrics;

    private long lastStoreAt;

    TickPipeline(RecordDecoder decoder, PartitionRecovery recovery, AssignedPartitions assignedPartitions,
            MinuteUpdater minuteUpdater, AggregationWriter writer, RawTickRepository rawTicks, TickCache tickCache,
            FormingCandleThrottle throttle, RecordPublisher publisher, InstantSource clock, AggregatorMetrics metrics) {
        this.decoder = decoder;
        this.recovery = recovery;
        this.assignedPartitions = assignedPartitions;
        this.minuteUpdater = minuteUpdater;
        this.writer = writer;
        this.rawTicks = rawTicks;
        this.tickCache = tickCache;
        this.throttle = throttle;
        this.publisher = publisher;
        this.clock = clock;
        this.metrics = metrics;
    }

    @Override
    public boolean onPartitionsAssigned(Consumer<String, byte[]> consumer, Collection<TopicPartition> partitions,
            int partitionCount) throws SQLException {
        this.recovery.recover(consumer, partitions, partitionCount);
        this.writer.onPartitionsAssigned(partitionCount);
        return true;
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        evict(this.assignedPartitions.removePartitions(partitions));
    }

    private void evict(Set<Instrument> instruments) {
        if (!instruments.isEmpty()) {
            this.tickCache.evict(instruments::contains);
            this.writer.evict(instruments::contains);
            this.throttle.evict(instruments::contains);
        }
    }

    @Override
    public long nextDeadline() {
        return this.writer.isRebuildDue() ? this.clock.millis() : Long.MAX_VALUE;
    }

    @Override
    public long nextCloseTime(int partition) {
        return this.assignedPartitions.nextCloseTime(partition);
    }

    @Override
    public void onReadThrough(int partition, long moment) {
        this.assignedPartitions.markReadThrough(partition, moment);
    }

    @Override
    public void process(Iterable<ConsumerRecord<String, byte[]>> records) throws SQLException {
        DecodedBatch batch = this.decoder.decode(records);
        long now = this.clock.millis();
        long start = System.nanoTime();
        this.assignedPartitions.offsets().advance(batch.next());
        AggregationCycle cycle = this.minuteUpdater.createCycle(batch, now);
        this.writer.checkForRebuilds(now);
        boolean isCommitDeferred = batch.hasOnlyOwnCandles() && now - this.lastStoreAt < LAZY_COMMIT_INTERVAL_MILLIS;
        List<CandleEvent> events = new ArrayList<>();
        if (!cycle.isEmpty() || this.writer.isRebuilding()
                || (!isCommitDeferred && !this.assignedPartitions.pendingAdvances(List.of()).isEmpty())) {
            AggregationWriter.Result result = this.writer.store(cycle, now);
            this.lastStoreAt = now;
            this.assignedPartitions.offsets().markCommitted();
            trackStored(cycle, result);
            addStored(cycle, result.stored(), events);
            result.withdrawn().forEach((candle) -> addWithdrawal(candle, events));
            this.metrics.recordCycle(System.nanoTime() - start);
        }
        this.assignedPartitions.updateCloseQueue();
        evict(this.assignedPartitions.evictIdle(now));
        events.addAll(this.throttle.pollDue(now));
        this.publisher.publish(events.stream().map(CandleRecordFactory::of).toList());
        events.forEach(this::recordCloseDelay);
    }

    private void addWithdrawal(Candle candle, List<CandleEvent> events) {
        if (candle.timeframe() == Timeframe.M1) {
            this.throttle.discard(candle);
        }
        events.add(CandleEvent.withdrawn(candle));
    }

    private void trackStored(AggregationCycle cycle, AggregationWriter.Result result) {
        List<StoredMinute> dirtyMinutes = cycle.minutes().stream().filter(StoredMinute::isDirty).toList();
        this.rawTicks.markStored(dirtyMinutes);
        this.tickCache.release(cycle.minutes());
        cycle.foldedCandles().forEach(this::trackStored);
        result.longer().candles().forEach(this::trackStored);
        result.rebuilt().forEach(this::trackStored);
    }

    private void trackStored(Candle candle) {
        OpenCandleTracker tracker = this.assignedPartitions.getTracker(candle.instrument());
        tracker.track(candle, this.assignedPartitions.getGrid(candle.instrument()),
                this.assignedPartitions.closedUntil(tracker));
    }

    /**
     * Final and longer candles are published at once; forming minutes pass through the
     * throttle.
     */
    private void addStored(AggregationCycle cycle, List<Candle> stored, List<CandleEvent> events) {
        Map<Instrument, Map<Long, MinuteTickBuffer>> ticksByMinute = new HashMap<>();
        for (StoredMinute minute : cycle.minutes()) {
            ticksByMinute.computeIfAbsent(minute.key().instrument(), (instrument) -> new HashMap<>())
                .put(minute.key().minute(), minute.ticks());
        }
        for (Candle candle : stored) {
            this.metrics.countStored(candle);
            if (candle.timeframe() == Timeframe.M1 && !candle.isFinal()) {
                MinuteTickBuffer ticks = ticksByMinute.getOrDefault(candle.instrument(), Map.of())
                    .get(candle.openTime());
                this.throttle.offer((ticks != null) ? withQuote(candle, ticks) : CandleEvent.of(candle));
                continue;
            }
            if (candle.timeframe() == Timeframe.M1) {
                this.throttle.discard(candle);
            }
            events.add(CandleEvent.of(candle));
        }
    }

    private static CandleEvent withQuote(Candle candle, MinuteTickBuffer ticks) {
        int lastIndex = ticks.size() - 1;
        boolean hasQuote = ticks.bid(lastIndex) != 0 && ticks.ask(lastIndex) != 0;
        return hasQuote ? new CandleEvent(candle, ticks.bid(lastIndex), ticks.ask(lastIndex)) : CandleEvent.of(candle);
    }

    private void recordCloseDelay(CandleEvent event) {
        Candle candle = event.candle();
        if (candle.timeframe() == Timeframe.M1 && candle.revision() == 1) {
            long delay = this.clock.millis() - (candle.openTime() + Timeframe.M1.millis());
            if (delay >= 0 && delay < Timeframe.M5.millis()) {
                this.metrics.recordCloseDelay(delay);
            }
        }
    }

}
