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
    private static final long IDLE_MILLIS = 600_000;

    private static final long LOOK_MILLIS = 10_000;

    private final PartitionOffsets positions;

    private final FeedRegistry feeds;

    private final Map<Instrument, OpenCandleTracker> instruments = new HashMap<>();

    private final CloseQueue order = new CloseQueue();

    /** Everything written before this moment is read, by partition. */
    private final Map<Integer, Long> readThrough = new HashMap<>();

    /** Instruments whose place in the order may have changed. */
    private final Set<OpenCandleTracker> touched = new LinkedHashSet<>();

    private int settings;

    private long looked;

    AssignedPartitions(PartitionOffsets positions, FeedRegistry feeds) {
        this.positions = positions;
        this.feeds = feeds;
    }

    PartitionOffsets positions() {
        return this.positions;
    }

    boolean owns(int partition) {
        return this.positions.owns(ticks(partition));
    }

    /**
     * Gives partitions up.
     * @return their instruments
     */
    Set<Instrument> disown(Collection<TopicPartition> partitions) {
        this.positions.remove(partitions);
        Set<Integer> gone = partitions.stream().map(TopicPartition::partition).collect(Collectors.toSet());
        this.readThrough.keySet().removeAll(gone);
        this.touched.removeIf((openCandleTracker) -> gone.contains(openCandleTracker.partition()));
        Set<Instrument> forgotten = new HashSet<>();
        this.instruments.values().removeIf((each) -> {
            boolean goes = gone.contains(each.partition());
            if (goes) {
                this.order.remove(each);
                forgotten.add(each.instrument());
            }
            return goes;
        });
        return forgotten;
    }

    void readThrough(int partition, long moment) {
        this.readThrough.put(partition, moment);
    }

    /**
     * The instrument of a record, maybe heard of for the first time.
     */
    OpenCandleTracker heard(Instrument instrument, int partition, long now) {
        OpenCandleTracker openCandleTracker = this.instruments.computeIfAbsent(instrument,
                (key) -> new OpenCandleTracker(key, partition, now));
        this.touched.add(openCandleTracker);
        return openCandleTracker;
    }

    /**
     * An instrument that was heard of.
     */
    OpenCandleTracker of(Instrument instrument) {
        OpenCandleTracker openCandleTracker = this.instruments.get(instrument);
        if (openCandleTracker == null) {
            throw new IllegalStateException("%s is not ours".formatted(instrument));
        }
        return openCandleTracker;
    }

    /**
     * Up to when buckets of an instrument have ended.
     */
    long endedBy(OpenCandleTracker openCandleTracker) {
        return openCandleTracker.closedBefore(feed(openCandleTracker), readThrough(openCandleTracker));
    }

    /**
     * The moment before which everything of an instrument is read that was written.
     */
    long readThrough(OpenCandleTracker openCandleTracker) {
        return this.readThrough.getOrDefault(openCandleTracker.partition(), OpenCandleTracker.NOT_READ);
    }

    /**
     * When the next candle of a partition closes.
     */
    long nextClose(int partition) {
        return this.order.next(partition);
    }

    /**
     * Those that were heard, and those with candles that close: all that can have ended.
     */
    Collection<OpenCandleTracker> ending() {
        this.readThrough.forEach((partition, moment) -> this.touched.addAll(this.order.due(partition, moment)));
        return List.copyOf(this.touched);
    }

    /**
     * Puts all that were touched where they belong. Nothing else has moved, unless the
     * settings of feeds changed.
     */
    void settle() {
        int now = this.feeds.version();
        if (now != this.settings) {
            this.settings = now;
            this.touched.addAll(this.instruments.values());
        }
        this.touched.forEach((openCandleTracker) -> this.order.place(openCandleTracker, feed(openCandleTracker)));
        this.touched.clear();
    }

    /**
     * Forgets instruments that have nothing open and were not heard for long.
     * @return those
     */
    Set<Instrument> forgetIdle(long now) {
        Set<Instrument> idle = new HashSet<>();
        if (now - this.looked < LOOK_MILLIS) {
            return idle;
        }
        this.looked = now;
        for (OpenCandleTracker openCandleTracker : this.order.takeIdle(now - IDLE_MILLIS)) {
            this.instruments.remove(openCandleTracker.instrument());
            idle.add(openCandleTracker.instrument());
        }
        return idle;
    }

    int size() {
        return this.instruments.size();
    }

    /**
     * Returns the instruments that were heard of.
     */
    Set<Instrument> instruments() {
        return Collections.unmodifiableSet(this.instruments.keySet());
    }

    /**
     * Returns on which grid the candles of an instrument start.
     */
    BucketGrid grid(Instrument instrument) {
        return this.feeds.of(instrument.feed()).grid();
    }

    private Feed feed(OpenCandleTracker openCandleTracker) {
        return this.feeds.of(openCandleTracker.instrument().feed());
    }

    /**
     * The moves to be made with what was stored, which is remembered with the ticks of
     * its partition.
     */
    List<OffsetAdvance> moves(List<Candle> candles) {
        return moves(candles, null);
    }

    /**
     * The moves, fenced by the partition of one instrument too.
     */
    List<OffsetAdvance> moves(List<Candle> candles, @Nullable Instrument fenced) {
        Map<TopicPartition, List<Candle>> byPartition = new HashMap<>();
        for (Candle candle : candles) {
            byPartition.computeIfAbsent(ticks(of(candle.instrument()).partition()), (partition) -> new ArrayList<>())
                .add(candle);
        }
        if (fenced != null) {
            byPartition.computeIfAbsent(ticks(of(fenced).partition()), (partition) -> new ArrayList<>());
        }
        return this.positions.pendingCommits((partition) -> {
            List<Candle> of = byPartition.get(partition);
            return (of != null) ? CandleKeyJson.write(of) : null;
        });
    }

    private static TopicPartition ticks(int partition) {
        return new TopicPartition(Topic.TICK.topicName(), partition);
    }

}
