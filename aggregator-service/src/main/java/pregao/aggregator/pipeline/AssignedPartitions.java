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
 * The partitions we own: how far each is, and its instruments. For one thread.
 */
final class AssignedPartitions {

    /** After so long without a record, an instrument with nothing open leaves memory. */
    private static final long IDLE_TIMEOUT_MILLIS = 600_000;

    private static final long IDLE_CHECK_INTERVAL_MILLIS = 10_000;

    private final PartitionOffsets offsets;

    private final FeedRegistry feeds;

    private final Map<Instrument, OpenCandleTracker> trackers = new HashMap<>();

    private final CloseQueue closeQueue = new CloseQueue();

    /** Everything written before this moment is read, by partition. */
    private final Map<Integer, Long> readThrough = new HashMap<>();

    /** Instruments whose place in the order may have changed. */
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
     * Gives partitions up.
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
     * The instrument of a record, maybe heard of for the first time.
     */
    OpenCandleTracker getOrCreateTracker(Instrument instrument, int partition, long now) {
        OpenCandleTracker tracker = this.trackers.computeIfAbsent(instrument,
                (key) -> new OpenCandleTracker(key, partition, now));
        this.touchedTrackers.add(tracker);
        return tracker;
    }

    /**
     * An instrument that was heard of.
     */
    OpenCandleTracker getTracker(Instrument instrument) {
        OpenCandleTracker tracker = this.trackers.get(instrument);
        if (tracker == null) {
            throw new IllegalStateException("%s is not ours".formatted(instrument));
        }
        return tracker;
    }

    /**
     * Up to when buckets of an instrument have ended.
     */
    long closedUntil(OpenCandleTracker tracker) {
        return tracker.closedUntil(getFeed(tracker), readThrough(tracker));
    }

    /**
     * The moment before which everything of an instrument is read that was written.
     */
    long readThrough(OpenCandleTracker tracker) {
        return this.readThrough.getOrDefault(tracker.partition(), OpenCandleTracker.UNKNOWN);
    }

    /**
     * When the next candle of a partition closes.
     */
    long nextCloseTime(int partition) {
        return this.closeQueue.nextCloseTime(partition);
    }

    /**
     * Those that were heard, and those with candles that close: all that can have ended.
     */
    Collection<OpenCandleTracker> findTrackersToClose() {
        this.readThrough.forEach(
                (partition, timestamp) -> this.touchedTrackers.addAll(this.closeQueue.findDue(partition, timestamp)));
        return List.copyOf(this.touchedTrackers);
    }

    /**
     * Puts all that were touched where they belong. Nothing else has moved, unless the
     * settings of feeds changed.
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
     * Forgets instruments that have nothing open and were not heard for long.
     * @return those
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
     * Returns the instruments that were heard of.
     */
    Set<Instrument> instruments() {
        return Collections.unmodifiableSet(this.trackers.keySet());
    }

    /**
     * Returns on which grid the candles of an instrument start.
     */
    BucketGrid getGrid(Instrument instrument) {
        return this.feeds.getFeed(instrument.feed()).grid();
    }

    private Feed getFeed(OpenCandleTracker tracker) {
        return this.feeds.getFeed(tracker.instrument().feed());
    }

    /**
     * The moves to be made with what was stored, which is remembered with the ticks of
     * its partition.
     */
    List<OffsetAdvance> pendingAdvances(List<Candle> candles) {
        return pendingAdvances(candles, null);
    }

    /**
     * The moves, fenced by the partition of one instrument too.
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
