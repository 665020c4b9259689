package pregao.aggregator.loop;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.apache.kafka.common.TopicPartition;

import pregao.aggregator.closing.OpenCandles;
import pregao.contracts.Instrument;
import pregao.contracts.Topic;
import pregao.contracts.candle.Candle;
import pregao.loop.candle.CandleKeys;
import pregao.loop.fence.Move;
import pregao.loop.fence.Positions;

/**
 * The partitions we own: how far each is, and its instruments. For one thread.
 */
final class Ownership {

    private final Positions positions;

    private final Map<Instrument, OpenCandles> instruments = new HashMap<>();

    Ownership(Positions positions) {
        this.positions = positions;
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

    /**
     * The moves to be made with what was stored, which is remembered with the ticks of
     * its partition.
     */
    List<Move> moves(List<Candle> candles) {
        Map<TopicPartition, List<Candle>> byPartition = new HashMap<>();
        for (Candle candle : candles) {
            byPartition.computeIfAbsent(ticks(of(candle.instrument()).partition()), (partition) -> new ArrayList<>())
                .add(candle);
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
