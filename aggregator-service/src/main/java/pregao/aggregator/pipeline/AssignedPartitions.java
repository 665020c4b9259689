package pregao.aggregator.pipeline;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

import pregao.aggregator.close.CloseQueue;
import pregao.aggregator.close.OpenCandleTracker;
import pregao.aggregator.feed.FeedRegistry;
import pregao.contracts.Instrument;
import pregao.contracts.Topic;
import pregao.contracts.candle.Candle;
import pregao.contracts.feed.BucketGrid;
import pregao.contracts.feed.Feed;
import pregao.pipeline.candle.CandleKeyJson;
import pregao.pipeline.offset.OffsetAdvance;
import pregao.pipeline.offset.PartitionOffsets;

/**
 * The partitions that this replica owns: their offsets and their instruments. Not
 * thread-safe.
 */
final class AssignedPartitions {

    /** An instrument without open candles is evicted after so long without a record. */
    private static final long IDLE_TIMEOUT_MILLIS = 600_000;

    private static final long IDLE_CHECK_INTERVAL_MILLIS = 10_000;

    private final PartitionOffsets offsets;

    private final FeedRegistry feeds;

    private final Map<Instrument, OpenCandleTracker> trackers = new HashMap<>();

    private final CloseQueue closeQueue = new CloseQueue();

    /** Every record written before this time is read, by partition. */
    private final Map<Integer, Long> readThrough = new HashMap<>();

    /** Instruments whose position in the close queue may have changed. */
    private final Set<OpenCandleTracker> touchedTrackers = new LinkedHashSet<>();

    private int feedVersion;

    private long lastIdleCheckAt;

    AssignedPartitions(PartitionOffsets offsets, FeedRegistry feeds) {
        this.offsets = offsets;
        this.feeds = feeds;
    }

    PartitionOffsets offsets() {
        return this.offsets;
    }

    boolean owns(int partition) {
        return this.offsets.owns(toTickPartition(partition));
    }

    /**
     * Removes partitions.
     * @return their instruments
     */
    Set<Instrument> removePartitions(Collection<TopicPartition> partitions) {
        this.offsets.remove(partitions);
        Set<Integer> partitionNumbers = partitions.stream().map(TopicPartition::partition).collect(Collectors.toSet());
        this.readThrough.keySet().removeAll(partitionNumbers);
        this.touchedTrackers.removeIf((tracker) -> partitionNumbers.contains(tracker.partition()));
        Set<Instrument> removedInstruments = new HashSet<>();
        this.trackers.values().removeIf((tracker) -> {
            boolean isRemoved = partitionNumbers.contains(tracker.partition());
            if (isRemoved) {
                this.closeQueue.remove(tracker);
                removedInstruments.add(tracker.instrument());
            }
            return isRemoved;
        });
        return removedInstruments;
    }

    void markReadThrough(int partition, long timestamp) {
        this.readThrough.put(partition, timestamp);
    }

    /**
     * Returns the tracker of an instrument that a record is about, and creates it if it
     * is new.
     */
    OpenCandleTracker getOrCreateTracker(Instrument instrument, int partition, long now) {
        OpenCandleTracker tracker = this.trackers.computeIfAbsent(instrument,
                (key) -> new OpenCandleTracker(key, partition, now));
        this.touchedTrackers.add(tracker);
        return tracker;
    }

    /**
     * Returns the tracker of a known instrument.
     */
    OpenCandleTracker getTracker(Instrument instrument) {
        OpenCandleTracker tracker = this.trackers.get(instrument);
        if (tracker == null) {
            throw new IllegalStateException("%s is not ours".formatted(instrument));
        }
        return tracker;
    }

    /**
     * Returns until when the buckets of an instrument have ended.
     */
    long closedUntil(OpenCandleTracker tracker) {
        return tracker.closedUntil(getFeed(tracker), readThrough(tracker));
    }

    /**
     * Returns the time before which every record of an instrument is read.
     */
    long readThrough(OpenCandleTracker tracker) {
        return this.readThrough.getOrDefault(tracker.partition(), OpenCandleTracker.UNKNOWN);
    }

    /**
     * Returns when the next candle of a partition closes.
     */
    long nextCloseTime(int partition) {
        return this.closeQueue.nextCloseTime(partition);
    }

    /**
     * Finds the instruments whose candles may have ended: those with new records, and
     * those with candles that are due.
     */
    Collection<OpenCandleTracker> findTrackersToClose() {
        this.readThrough.forEach(
                (partition, timestamp) -> this.touchedTrackers.addAll(this.closeQueue.findDue(partition, timestamp)));
        return List.copyOf(this.touchedTrackers);
    }

    /**
     * Updates the queue for all touched instruments. Other positions change only if the
     * settings of feeds do.
     */
    void updateCloseQueue() {
        int version = this.feeds.version();
        if (version != this.feedVersion) {
            this.feedVersion = version;
            this.touchedTrackers.addAll(this.trackers.values());
        }
        this.touchedTrackers.forEach((tracker) -> this.closeQueue.update(tracker, getFeed(tracker)));
        this.touchedTrackers.clear();
    }

    /**
     * Evicts instruments without open candles and without recent records.
     * @return the evicted instruments
     */
    Set<Instrument> evictIdle(long now) {
        Set<Instrument> idleInstruments = new HashSet<>();
        if (now - this.lastIdleCheckAt < IDLE_CHECK_INTERVAL_MILLIS) {
            return idleInstruments;
        }
        this.lastIdleCheckAt = now;
        for (OpenCandleTracker tracker : this.closeQueue.pollIdle(now - IDLE_TIMEOUT_MILLIS)) {
            this.trackers.remove(tracker.instrument());
            idleInstruments.add(tracker.instrument());
        }
        return idleInstruments;
    }

    int size() {
        return this.trackers.size();
    }

    /**
     * Returns the known instruments.
     */
    Set<Instrument> instruments() {
        return Collections.unmodifiableSet(this.trackers.keySet());
    }

    /**
     * Returns the grid that the candles of an instrument start on.
     */
    BucketGrid getGrid(Instrument instrument) {
        return this.feeds.getFeed(instrument.feed()).grid();
    }

    private Feed getFeed(OpenCandleTracker tracker) {
        return this.feeds.getFeed(tracker.instrument().feed());
    }

    /**
     * Returns the offset advances to store. The keys of the stored candles are kept with
     * the tick partition of their instrument.
     */
    List<OffsetAdvance> pendingAdvances(List<Candle> candles) {
        return pendingAdvances(candles, null);
    }

    /**
     * Returns the offset advances to store, which also fence the partition of one
     * instrument.
     */
    List<OffsetAdvance> pendingAdvances(List<Candle> candles, @Nullable Instrument fencedInstrument) {
        Map<TopicPartition, List<Candle>> candlesByPartition = new HashMap<>();
        for (Candle candle : candles) {
            candlesByPartition
                .computeIfAbsent(toTickPartition(getTracker(candle.instrument()).partition()),
                        (partition) -> new ArrayList<>())
                .add(candle);
        }
        if (fencedInstrument != null) {
            candlesByPartition.computeIfAbsent(toTickPartition(getTracker(fencedInstrument).partition()),
                    (partition) -> new ArrayList<>());
        }
        return this.offsets.pendingCommits((partition) -> {
            List<Candle> partitionCandles = candlesByPartition.get(partition);
            return (partitionCandles != null) ? CandleKeyJson.write(partitionCandles) : null;
        });
    }

    private static TopicPartition toTickPartition(int partition) {
        return new TopicPartition(Topic.TICK.topicName(), partition);
    }

}
