package pregao.aggregator.loop;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

import pregao.contracts.Timeframe;
import pregao.contracts.Topic;
import pregao.contracts.candle.CandleCodec;
import pregao.contracts.candle.CandleEvent;
import pregao.contracts.candle.CandleSource;
import pregao.contracts.tick.TickCodec;
import pregao.contracts.tick.Ticks;
import pregao.loop.DeadLetters;

/**
 * Turns records into a batch; puts aside what it does not understand.
 */
final class Decoding {

    private final DeadLetters deadLetters;

    Decoding(DeadLetters deadLetters) {
        this.deadLetters = deadLetters;
    }

    Batch decode(Iterable<ConsumerRecord<String, byte[]>> records) {
        List<Batch.From<Ticks>> ticks = new ArrayList<>();
        List<Batch.From<CandleEvent>> given = new ArrayList<>();
        Map<TopicPartition, Long> next = new HashMap<>();
        int count = 0;
        int putAside = 0;
        for (ConsumerRecord<String, byte[]> record : records) {
            count++;
            if (this.deadLetters.skips(record) || !decode(record, ticks, given)) {
                putAside++;
            }
            next.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
        }
        return new Batch(ticks, given, next, putAside, count);
    }

    /**
     * Decodes a record.
     * @return false where it was put aside
     */
    private boolean decode(ConsumerRecord<String, byte[]> record, List<Batch.From<Ticks>> ticks,
            List<Batch.From<CandleEvent>> given) {
        try {
            if (record.value() == null) {
                throw new IllegalArgumentException("a record without a value");
            }
            if (Topic.TICK.topicName().equals(record.topic())) {
                ticks.add(new Batch.From<>(record.partition(), TickCodec.decode(record.value())));
                return true;
            }
            CandleEvent event = CandleCodec.decode(record.value());
            boolean gone = event.withdrawn() && event.candle().timeframe() == Timeframe.M1;
            if (event.candle().source() == CandleSource.GIVEN || gone) {
                given.add(new Batch.From<>(record.partition(), event));
            }
            return true;
        }
        catch (RuntimeException ex) {
            // Decoding reads nothing but the record: whatever it throws, it throws again.
            this.deadLetters.put(record, ex);
            return false;
        }
    }

}
