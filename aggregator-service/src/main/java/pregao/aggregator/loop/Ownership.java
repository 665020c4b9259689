package pregao.aggregator.loop;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.apache.kafka.common.TopicPartition;

import pregao.aggregator.candle.CandleKeys;
import pregao.aggregator.closing.OpenCandles;
import pregao.aggregator.state.Move;
import pregao.contracts.Instrument;
import pregao.contracts.Topic;
import pregao.contracts.candle.Candle;

/**
 * The partitions we own: how far each is, and its instruments. For one thread.
 */
final class Ownership {

    /** How far the database says a partition is. */
    private final Map<TopicPartition, Long> stored = new HashMap<>();

    /** How far we have read. */
    private final Map<TopicPartition, Long> read = new HashMap<>();

    private final Map<Instrument, OpenCandles> instruments = new HashMap<>();

    static String key(TopicPartition partition) {
        return partition.topic() + '/' + partition.partition();
    }

    void own(TopicPartition partition, long offset) {
        this.stored.put(partition, offset);
        this.read.put(partition, offset);
    }

    boolean owns(int partition) {
        return this.stored.containsKey(ticks(partition));
    }

    /**
     * Gives partitions up.
     * @return their instruments
     */
    Set<Instrument> disown(Collection<TopicPartition> partitions) {
        Set<Integer> gone = new HashSet<>();
        for (TopicPartition partition : partitions) {
            this.stored.remove(partition);
            this.read.remove(partition);
            gone.add(partition.partition());
        }
        Set<Instrument> forgotten = new HashSet<>();
        this.instruments.values().removeIf((each) -> {
            boolean goes = gone.contains(each.partition());
            if (goes) {
                forgotten.add(each.instrument());
            }
            return goes;
        });
        return forgotten;
    }

    /**
     * The instrument of a record, maybe heard of for the first time.
     */
    OpenCandles heard(Instrument instrument, int partition, long now) {
        return this.instruments.computeIfAbsent(instrument, (key) -> new OpenCandles(key, partition, now));
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

    Collection<OpenCandles> instruments() {
        return this.instruments.values();
    }

    void read(Map<TopicPartition, Long> next) {
        next.forEach((partition, offset) -> this.read.replace(partition, offset));
    }

    /**
     * The moves to be made with what was stored: of every partition with a candle stored,
     * and of every one that was read further.
     */
    List<Move> moves(List<Candle> candles) {
        Map<Integer, List<Candle>> byPartition = new HashMap<>();
        for (Candle candle : candles) {
            byPartition.computeIfAbsent(of(candle.instrument()).partition(), (partition) -> new ArrayList<>())
                .add(candle);
        }
        Set<Integer> partitions = new TreeSet<>(byPartition.keySet());
        List<Move> moves = new ArrayList<>();
        this.stored.forEach((partition, offset) -> {
            long to = this.read.getOrDefault(partition, offset);
            boolean ticks = Topic.TICK.topicName().equals(partition.topic());
            if (ticks && (to != offset || partitions.contains(partition.partition()))) {
                List<Candle> of = byPartition.getOrDefault(partition.partition(), List.of());
                moves.add(new Move(key(partition), offset, to, of.isEmpty() ? null : CandleKeys.write(of)));
            }
            else if (to != offset) {
                moves.add(new Move(key(partition), offset, to, null));
            }
        });
        return moves;
    }

    /**
     * Remembers that the moves were made.
     */
    void moved() {
        this.stored.replaceAll((partition, offset) -> this.read.getOrDefault(partition, offset));
    }

    private static TopicPartition ticks(int partition) {
        return new TopicPartition(Topic.TICK.topicName(), partition);
    }

}
