package pregao.aggregator.loop;

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

import pregao.aggregator.closing.ClosingOrder;
import pregao.aggregator.closing.OpenCandles;
import pregao.aggregator.feed.Feeds;
import pregao.contracts.Instrument;
import pregao.contracts.Topic;
import pregao.contracts.candle.Candle;
import pregao.contracts.feed.BucketGrid;
import pregao.contracts.feed.Feed;
import pregao.loop.candle.CandleKeys;
import pregao.loop.fence.Move;
import pregao.loop.fence.Positions;

/**
 * The partitions we own: how far each is, and its instruments. For one thread.
 */
final class Ownership {

    /** After so long without a record, an instrument with nothing open leaves memory. */
    private static final long IDLE_MILLIS = 600_000;

    private static final long LOOK_MILLIS = 10_000;

    private final Positions positions;

    private final Feeds feeds;

    private final Map<Instrument, OpenCandles> instruments = new HashMap<>();

    private final ClosingOrder order = new ClosingOrder();

    /** Everything written before this moment is read, by partition. */
    private final Map<Integer, Long> readThrough = new HashMap<>();

    /** Instruments whose place in the order may have changed. */
    private final Set<OpenCandles> touched = new LinkedHashSet<>();

    private int settings;

    private long looked;

    Ownership(Positions positions, Feeds feeds) {
        this.positions = positions;
        this.feeds = feeds;
    }

    Positions positions() {
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
        this.positions.forget(partitions);
        Set<Integer> gone = partitions.stream().map(TopicPartition::partition).collect(Collectors.toSet());
        this.readThrough.keySet().removeAll(gone);
        this.touched.removeIf((each) -> gone.contains(each.partition()));
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
    OpenCandles heard(Instrument instrument, int partition, long now) {
        OpenCandles of = this.instruments.computeIfAbsent(instrument, (key) -> new OpenCandles(key, partition, now));
        this.touched.add(of);
        return of;
    }

    /**
     * An instrument that was heard of.
     */
    OpenCandles of(Instrument instrument) {
        OpenCandles known = this.instruments.get(instrument);
        if (known == null) {
            throw new IllegalStateException("%s is not ours".formatted(instrument));
        }
        return known;
    }

    /**
     * Up to when buckets of an instrument have ended.
     */
    long endedBy(OpenCandles of) {
        return of.endedBy(feed(of), readThrough(of));
    }

    /**
     * The moment before which everything of an instrument is read that was written.
     */
    long readThrough(OpenCandles of) {
        return this.readThrough.getOrDefault(of.partition(), OpenCandles.NOT_READ);
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
    Collection<OpenCandles> ending() {
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
        this.touched.forEach((each) -> this.order.place(each, feed(each)));
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
        for (OpenCandles each : this.order.takeIdle(now - IDLE_MILLIS)) {
            this.instruments.remove(each.instrument());
            idle.add(each.instrument());
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

    private Feed feed(OpenCandles of) {
        return this.feeds.of(of.instrument().feed());
    }

    /**
     * The moves to be made with what was stored, which is remembered with the ticks of
     * its partition.
     */
    List<Move> moves(List<Candle> candles) {
        return moves(candles, null);
    }

    /**
     * The moves, fenced by the partition of one instrument too.
     */
    List<Move> moves(List<Candle> candles, @Nullable Instrument fenced) {
        Map<TopicPartition, List<Candle>> byPartition = new HashMap<>();
        for (Candle candle : candles) {
            byPartition.computeIfAbsent(ticks(of(candle.instrument()).partition()), (partition) -> new ArrayList<>())
                .add(candle);
        }
        if (fenced != null) {
            byPartition.computeIfAbsent(ticks(of(fenced).partition()), (partition) -> new ArrayList<>());
        }
        return this.positions.moves((partition) -> {
            List<Candle> of = byPartition.get(partition);
            return (of != null) ? CandleKeys.write(of) : null;
        });
    }

    private static TopicPartition ticks(int partition) {
        return new TopicPartition(Topic.TICK.topicName(), partition);
    }

}
